using Verso.Environments.Store;

namespace Verso.Environments.Building;

/// <summary>Waits for a lock that another process holds, showing what that process logs meanwhile.</summary>
internal static class FollowedLog
{
    private static readonly TimeSpan ReadInterval = TimeSpan.FromMilliseconds(100);

    public static async Task<FileLock> WaitForLockAsync(
        string lockFile,
        string logFile,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        if (FileLock.TryAcquireExclusive(lockFile) is { } free)
            return free;
        log.Report("Waiting for another process that is building the same environment …");
        var acquired = FileLock.AcquireExclusiveAsync(lockFile, cancellationToken);
        long position = 0;
        while (await Task.WhenAny(acquired, Task.Delay(ReadInterval, cancellationToken)) != acquired)
            position = ShowNewLines(logFile, position, log);
        ShowNewLines(logFile, position, log);
        return await acquired;
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
