using System.Collections.Concurrent;
using System.Diagnostics;

namespace Verso.Sandboxing;

/// <summary>
/// Starts every child from one thread that never ends: the kernel's parent-death signal follows the thread that
/// forked, not the process, and a pool thread retires after some 20 seconds of idleness.
/// </summary>
internal static class SpawningThread
{
    private static readonly BlockingCollection<Action> Requests = [];

    static SpawningThread() => new Thread(Run) { IsBackground = true, Name = "spawning" }.Start();

    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (System.ComponentModel.Win32Exception e)
            {
                started.SetException(new IOException($"A program could not be started: {e.Message}", e));
            }
            catch (Exception e) // handed to the caller, who awaits it
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static void Run()
    {
        foreach (var request in Requests.GetConsumingEnumerable())
            request();
    }
}
