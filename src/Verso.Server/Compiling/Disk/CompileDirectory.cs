using Microsoft.Extensions.Hosting;
using Verso.Sandboxing;

namespace Verso.Server.Compiling.Disk;

/// <summary>Takes the service's folder for this process alone, and clears away what an earlier one left unfinished.</summary>
internal sealed class CompileDirectory(CompileLayout layout, TimeProvider time) : IHostedService, IDisposable
{
    // A service that replaces another starts while that one ends.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private FileLock? _lock;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(layout.Directory);
            for (var began = time.GetTimestamp(); (_lock = FileLock.TryAcquireExclusive(layout.Lock)) is null; )
            {
                if (time.GetElapsedTime(began) > Patience)
                    throw new IOException(
                        "another compile service uses it. Stop that one, or give this one a folder of its own."
                    );
                await Task.Delay(Interval, time, cancellationToken);
            }
            if (Directory.Exists(layout.Staging))
                await FolderTree.DeleteAsync(layout.Staging);
            layout.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Projects cannot be compiled at {layout.Directory} (Compile:Directory): {e.Message}",
                e
            );
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _lock?.Dispose();
}
