namespace Verso.Sandboxing;

/// <summary>What one run may use. Each limit that is passed ends the run and is named in its result.</summary>
public sealed record SandboxLimits
{
    /// <summary>Wall-clock time.</summary>
    public TimeSpan WallTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>CPU time of the whole tree.</summary>
    public TimeSpan CpuTime { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>MiB of memory of the whole tree, temporary files included.</summary>
    public int MemoryMiB { get; init; } = 4096;

    /// <summary>Processes and threads at one time.</summary>
    public int Processes { get; init; } = 512;

    /// <summary>MiB written to either pipe.</summary>
    public int OutputMiB { get; init; } = 512;

    /// <summary>MiB that the folders it may write to may grow by.</summary>
    public int DiskMiB { get; init; } = 2048;

    /// <summary>MiB of temporary files.</summary>
    public int TemporaryMiB { get; init; } = 512;

    /// <param name="section">Where these stand in the configuration, such as <c>Sandbox:Render</c>.</param>
    public IEnumerable<string> Faults(string section)
    {
        if (WallTime <= TimeSpan.Zero)
            yield return $"{section}:WallTime is {WallTime}; it must be more than zero, such as 00:10:00.";
        if (WallTime > Timers.Longest)
            yield return $"{section}:WallTime is {WallTime}; it must be {Timers.Longest.Days} days or less.";
        if (CpuTime < TimeSpan.FromSeconds(1))
            yield return $"{section}:CpuTime is {CpuTime}; it must be a second or more, such as 00:20:00.";
        (string Name, int Value, int Least)[] amounts =
        [
            (nameof(MemoryMiB), MemoryMiB, 64),
            (nameof(Processes), Processes, 16),
            (nameof(OutputMiB), OutputMiB, 1),
            (nameof(DiskMiB), DiskMiB, 1),
            (nameof(TemporaryMiB), TemporaryMiB, 1),
        ];
        foreach (var (name, value, least) in amounts)
            if (value < least)
                yield return $"{section}:{name} is {value}; it must be {least} or more.";
    }
}
