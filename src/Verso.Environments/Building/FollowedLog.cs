using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Building;

/// <summary>Waits for a turn that another process has, showing what that process logs meanwhile.</summary>
internal static class FollowedLog
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Looks for what is wanted, too, and not for the lock alone: whoever has built an environment leases it at once,
    /// and may keep it for as long as a render takes.
    /// </summary>
    /// <param name="place">Left for as long as another builds, so that builds that could run do; null without a queue.</param>
    /// <returns>What was found, or else the lock under which to make it.</returns>
    public static async Task<(T? Found, FileLock? Held)> WaitForTurnAsync<T>(
        Func<T?> find,
        string lockFile,
        string logFile,
        BuildLog log,
        BuildQueue.Place? place,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var (found, held) = await WaitAsync(find, lockFile, logFile, log, place, cancellationToken);
        try
        {
            await (place?.ReturnAsync(log, cancellationToken) ?? Task.CompletedTask);
            return (found, held);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    private static async Task<(T? Found, FileLock? Held)> WaitAsync<T>(
        Func<T?> find,
        string lockFile,
        string logFile,
        BuildLog log,
        BuildQueue.Place? place,
        CancellationToken cancellationToken
    )
        where T : class
    {
        long? position = null;
        // Less and less often: many who wait must not take the processors from the one who builds.
        for (var pause = Shortest; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            var held = FileLock.TryAcquireExclusive(lockFile);
            if (position is { } shown)
                position = ShowNewLines(logFile, shown, log);
            if (find() is { } found)
            {
                held?.Dispose();
                return (found, null);
            }
            if (held is not null)
                return (null, held);
            if (position is null)
                log.Report("Waiting for another process that is building the same environment …");
            position ??= 0;
            place?.Leave();
            await Task.Delay(pause, cancellationToken);
        }
    }

    private static long ShowNewLines(string logFile, long position, BuildLog log)
    {
        try
        {
            using var stream = new FileStream(
                logFile,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            // One that was begun anew is shown from its start.
            position = stream.Length < position ? 0 : position;
            stream.Position = position;
            using var reader = new StreamReader(stream);
            var text = reader.ReadToEnd();
            var whole = text.LastIndexOf('\n') + 1;
            foreach (var line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries))
                log.Report(line);
            return position + System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(0, whole));
        }
        catch (FileNotFoundException)
        {
            return position;
        }
    }
}
