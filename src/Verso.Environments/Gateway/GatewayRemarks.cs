namespace Verso.Environments.Gateway;

/// <summary>
/// Sentences on what was hidden, refused or not to be had, each once, in order; they explain better than pip's output
/// can why a version was not found.
/// </summary>
internal sealed class GatewayRemarks
{
    private const int Most = 200;

    private readonly Lock _lock = new();
    private readonly List<GatewayRemark> _remarks = [];

    public IReadOnlyList<GatewayRemark> All
    {
        get
        {
            lock (_lock)
                return [.. _remarks];
        }
    }

    /// <returns>False when it has been said before, or enough has.</returns>
    public bool Add(GatewayRemark remark)
    {
        lock (_lock)
        {
            if (_remarks.Count == Most || _remarks.Exists(said => said.Sentence == remark.Sentence))
                return false;
            _remarks.Add(remark);
            return true;
        }
    }
}

/// <param name="IsTransient">Whether it may be otherwise another time though nobody changes anything here.</param>
internal sealed record GatewayRemark(string Sentence, bool IsTransient);
