namespace Verso.Sandboxing;

/// <summary>
/// Watches what nothing in the kernel holds for us: how much the writable folders grow, the CPU time of the whole tree
/// and, without a control group, its memory.
/// </summary>
internal sealed class TreeWatchdog(SandboxProfile profile, bool watchMemory)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly EnumerationOptions WholeTree = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private readonly long _sizeAtStart = SizeOf(profile);
    private int? _processId;

    /// <summary>The limit that was passed, if one was.</summary>
    public Overrun? Overrun { get; private set; }

    public void Follow(int processId) => _processId = processId;

    /// <summary>Stops the run when a limit is passed; returns once the run is stopped or over.</summary>
    public async Task WatchAsync(CancellationTokenSource run)
    {
        try
        {
            while (Overrun is null)
            {
                await Task.Delay(Interval, run.Token);
                Overrun = Look();
            }
            await run.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private Overrun? Look()
    {
        var limits = profile.Limits;
        if (SizeOf(profile) - _sizeAtStart > (long)limits.DiskMiB << 20)
            return Sandboxing.Overrun.Disk;
        if (_processId is not { } id)
            return null;
        var tree = ProcessTree.Measure(id);
        return tree.CpuTime > limits.CpuTime ? Sandboxing.Overrun.CpuTime
            : watchMemory && tree.ResidentBytes > (long)limits.MemoryMiB << 20 ? Sandboxing.Overrun.Memory
            : null;
    }

    private static long SizeOf(SandboxProfile profile)
    {
        try
        {
            return profile.Writable.Sum(folder =>
                new DirectoryInfo(folder.Path).EnumerateFiles("*", WholeTree).Sum(file => file.Length)
            );
        }
        catch (IOException)
        {
            return 0; // Files come and go under the walk; the next one sees more.
        }
    }
}
