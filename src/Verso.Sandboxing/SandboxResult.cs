namespace Verso.Sandboxing;

/// <summary>A limit that a run came up against.</summary>
public enum Overrun
{
    WallTime,
    CpuTime,
    Memory,
    Processes,
    Output,
    Disk,

    /// <summary>Folders within folders, past what a path can name: they could be neither measured nor deleted.</summary>
    Nesting,
}

/// <param name="Explanation">The overrun in a sentence that names the limit, its value and its setting; null when there was none.</param>
public sealed record SandboxResult(ProcessResult Process, Overrun? Overrun, string? Explanation)
{
    private const int SIGXFSZ = 25;

    public bool Succeeded => Process.Succeeded;

    /// <param name="observed">What was seen from outside of the run.</param>
    internal static SandboxResult Of(ProcessResult result, SandboxProfile profile, Overrun? observed = null)
    {
        var overrun = result switch
        {
            { End: ProcessEnd.TimedOut } => Sandboxing.Overrun.WallTime,
            { End: ProcessEnd.OutputLimitExceeded } => Sandboxing.Overrun.Output,
            { ExitCode: 128 + SIGXFSZ } => Sandboxing.Overrun.Disk,
            _ => observed,
        };
        return new SandboxResult(result, overrun, overrun is { } which ? Explain(which, profile) : null);
    }

    private static string Explain(Overrun overrun, SandboxProfile profile)
    {
        var limits = profile.Limits;
        return overrun switch
        {
            Sandboxing.Overrun.WallTime =>
                $"It took longer than {limits.WallTime:g} ({profile.LimitsSection}:WallTime) and was stopped.",
            Sandboxing.Overrun.CpuTime =>
                $"It used more than {limits.CpuTime:g} of CPU time ({profile.LimitsSection}:CpuTime) and was stopped.",
            Sandboxing.Overrun.Memory =>
                $"It needed more than {limits.MemoryMiB:N0} MiB of memory ({profile.LimitsSection}:MemoryMiB) and was stopped.",
            Sandboxing.Overrun.Processes =>
                $"It wanted more than {limits.Processes:N0} processes and threads ({profile.LimitsSection}:Processes) and got no more.",
            Sandboxing.Overrun.Output =>
                $"It wrote more than {limits.OutputMiB:N0} MiB of output ({profile.LimitsSection}:OutputMiB) and was stopped.",
            Sandboxing.Overrun.Nesting =>
                "It nested folders more deeply than a path can name (4,096 characters) and was stopped.",
            _ =>
                $"It wrote more than {limits.DiskMiB:N0} MiB of files ({profile.LimitsSection}:DiskMiB) and was stopped.",
        };
    }
}
