namespace Verso.Sandboxing;

public enum ProcessEnd
{
    Exited,
    TimedOut,
    OutputLimitExceeded,
}

/// <param name="ExitCode">The program's own, or 128 + the signal that ended it.</param>
public sealed record ProcessResult(ProcessEnd End, int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    public bool Succeeded => End == ProcessEnd.Exited && ExitCode == 0;
}
