namespace Verso.Environments.Gateway;

/// <summary>What one build may be served or have downloaded. A file counts once, however often it is asked for.</summary>
internal sealed class ByteBudget(long limit)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _paid = [];
    private long _spent;

    /// <summary>Bytes that arrive for this build.</summary>
    /// <exception cref="BuildLimitException">That is more than the build may have.</exception>
    public void Spend(long bytes)
    {
        if (Interlocked.Add(ref _spent, bytes) > limit)
            throw new BuildLimitException(limit);
    }

    /// <summary>A file that was there already, or that another build had downloaded.</summary>
    /// <exception cref="BuildLimitException">That is more than the build may have.</exception>
    public void SpendOn(string sha256, long bytes)
    {
        if (MarkPaid(sha256))
            Spend(bytes);
    }

    /// <returns>False when it was paid for before.</returns>
    public bool MarkPaid(string sha256)
    {
        lock (_lock)
            return _paid.Add(sha256);
    }
}
