using System.Diagnostics;

namespace Verso.Sandboxing;

/// <summary>
/// Watches what nothing in the kernel holds for us: how much the writable folders grow, the CPU time of the whole tree
/// and, without a control group, its memory.
/// </summary>
internal sealed class TreeWatchdog(SandboxProfile profile, bool watchMemory)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private const int Patience = 20;

    // As on disk, so that empty files and folders count too.
    private const int BlockSize = 4096;

    private readonly long _sizeAtStart = TrySizeOf(profile) ?? 0;
    private int? _processId;

    /// <summary>The limit that was passed, if one was.</summary>
    public Overrun? Overrun { get; private set; }

    public void Follow(int processId) => _processId = processId;

    /// <summary>Stops the run when a limit is passed; returns once the run is stopped or over.</summary>
    public async Task WatchAsync(CancellationTokenSource run)
    {
        try
        {
            for (var pause = Interval; Overrun is null; )
            {
                await Task.Delay(pause, run.Token);
                var started = Stopwatch.GetTimestamp();
                Overrun = Look();
                // Where there is much to look at, looking must not take the processors from what is watched.
                var cost = Stopwatch.GetElapsedTime(started);
                pause = cost * Patience > Interval ? cost * Patience : Interval;
            }
            await run.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch
        {
            await run.CancelAsync(); // Nobody watches it any more.
            throw;
        }
    }

    private Overrun? Look()
    {
        var limits = profile.Limits;
        if (TrySizeOf(profile) is not { } size)
            return Sandboxing.Overrun.Nesting;
        if (size - _sizeAtStart > (long)limits.DiskMiB << 20)
            return Sandboxing.Overrun.Disk;
        if (_processId is not { } id)
            return null;
        var tree = ProcessTree.Measure(id);
        return tree.CpuTime > limits.CpuTime ? Sandboxing.Overrun.CpuTime
            : watchMemory && tree.ResidentBytes > (long)limits.MemoryMiB << 20 ? Sandboxing.Overrun.Memory
            : null;
    }

    // Null when folders are nested too deeply to be measured.
    private static long? TrySizeOf(SandboxProfile profile)
    {
        var isWhole = true;
        var size = profile
            .Writable.SelectMany(folder => FolderTree.Entries(folder.Path, _ => isWhole = false))
            .Sum(entry => Math.Max(entry is FileInfo file ? SizeOf(file) : 0, BlockSize));
        return isWhole ? size : null;
    }

    private static long SizeOf(FileInfo file)
    {
        try
        {
            return file.Attributes.HasFlag(FileAttributes.ReparsePoint) ? 0 : file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0; // Files come and go under the walk.
        }
    }
}
