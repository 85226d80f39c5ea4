namespace Verso.Server.Compiling;

/// <summary>What compiles of people who are not signed in may use: a pool of their own, beside that of the others.</summary>
public sealed record AnonymousOptions
{
    public int Concurrent { get; init; } = 1;

    public int QueueLength { get; init; } = 20;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>MiB of memory of the whole tree.</summary>
    public int MemoryMiB { get; init; } = 2048;

    /// <summary>MiB that the project's folder may grow by.</summary>
    public int DiskMiB { get; init; } = 512;

    public IEnumerable<string> Faults()
    {
        if (Timeout <= TimeSpan.Zero || Timeout > CompileServiceOptions.MaxTimeout)
            yield return $"Compile:Anonymous:Timeout is {Timeout}; it must be more than zero and at most {CompileServiceOptions.MaxTimeout}.";
        (string Name, int Value, int Least)[] amounts =
        [
            (nameof(Concurrent), Concurrent, 1),
            (nameof(QueueLength), QueueLength, 1),
            (nameof(MemoryMiB), MemoryMiB, 64),
            (nameof(DiskMiB), DiskMiB, 1),
        ];
        foreach (var (name, value, least) in amounts)
            if (value < least)
                yield return $"Compile:Anonymous:{name} is {value}; it must be {least} or more.";
    }
}
