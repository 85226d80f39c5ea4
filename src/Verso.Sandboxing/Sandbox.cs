namespace Verso.Sandboxing;

/// <summary>
/// Runs code that others wrote: bubblewrap with no network, a system that is read-only, a user of its own when root, a
/// filter of system calls, and limits on all it can use up. Nothing of a run outlives it.
/// </summary>
public sealed class Sandbox(SandboxOptions options)
{
    private static readonly Lazy<Task<SandboxProbe>> Probe = new(() => SandboxProbe.RunAsync(CancellationToken.None));
    private static readonly Lazy<Task> Sweep = new(StagingDirectory.SweepTemporaryAsync);

    public SandboxOptions Options => options;

    public bool IsConfined => options.Mode == SandboxMode.Confined;

    /// <summary>Whether a writable folder must be one that nobody else uses: as root, a run owns what it may write to.</summary>
    public bool OwnsWhatItWrites => IsConfined && Environment.IsPrivilegedProcess;

    /// <summary>What this machine allows; found out once in a process.</summary>
    public static Task<SandboxProbe> ProbeAsync() => Probe.Value;

    /// <summary>Begins to find out what this machine allows, for somebody who will run something soon.</summary>
    public void Prepare()
    {
        if (IsConfined)
            _ = ProbeAsync();
    }

    /// <summary>Waits for what <see cref="Prepare"/> began, which would leave its folder behind in a process that ends.</summary>
    public static Task SettleAsync() => Probe.IsValueCreated ? Probe.Value : Task.CompletedTask;

    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    /// <exception cref="ProgramNotFoundException">The program is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the tree is dead by then.</exception>
    public async Task<SandboxResult> RunAsync(
        ProcessSpec spec,
        SandboxProfile profile,
        CancellationToken cancellationToken
    )
    {
        await Sweep.Value; // once in a process: each that is killed is followed by another
        spec = spec with { Timeout = profile.Limits.WallTime, OutputLimit = (long)profile.Limits.OutputMiB << 20 };
        if (!IsConfined)
            return SandboxResult.Of(await ProcessRunner.RunAsync(spec, cancellationToken), profile);
        var probe = await ProbeAsync();
        return probe.Rung == SandboxRung.None
            ? throw new SandboxUnavailableException(probe.Mend!)
            : await RunAsync(spec, profile, probe.Rung, cancellationToken);
    }

    internal static async Task<SandboxResult> RunAsync(
        ProcessSpec spec,
        SandboxProfile profile,
        SandboxRung rung,
        CancellationToken cancellationToken
    )
    {
        using var run = new SandboxRun(profile, rung);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watchdog = new TreeWatchdog(profile, watchMemory: !run.HoldsMemory);
        var watching = watchdog.WatchAsync(stop);
        try
        {
            var wrapped = run.Wrap(spec) with { OnStarted = watchdog.Follow };
            var result = await ProcessRunner.RunAsync(wrapped, stop.Token);
            return SandboxResult.Of(result, profile, run.Overrun);
        }
        catch (OperationCanceledException)
            when (watchdog.Overrun is not null && !cancellationToken.IsCancellationRequested)
        {
            var killed = new ProcessResult(ProcessEnd.Exited, 137, "", "", TimeSpan.Zero);
            return SandboxResult.Of(killed, profile, watchdog.Overrun);
        }
        finally
        {
            await stop.CancelAsync();
            await watching;
        }
    }
}
