namespace Verso.Environments.Wheels;

/// <summary>Work on files in two threads: more make the disk no faster, and renders need the processors.</summary>
internal static class InParallel
{
    private const int Threads = 2;

    /// <remarks>Fails with what went wrong first, as it is.</remarks>
    public static Task ForAsync(int count, Action<int> work, CancellationToken cancellationToken) =>
        ForAsync(
            count,
            (i, _) =>
            {
                work(i);
                return Task.CompletedTask;
            },
            cancellationToken
        );

    /// <inheritdoc cref="ForAsync(int, Action{int}, CancellationToken)"/>
    public static Task ForAsync(
        int count,
        Func<int, CancellationToken, Task> work,
        CancellationToken cancellationToken
    ) =>
        Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellationToken },
            async (i, token) => await work(i, token)
        );
}
