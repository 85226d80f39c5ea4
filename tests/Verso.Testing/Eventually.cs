using System.Diagnostics;

namespace Verso.Testing;

/// <summary>Waits for what another process does, of which no event tells.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <exception cref="TimeoutException">It did not come true; the message says what.</exception>
    public static async Task IsTrueAsync(Func<bool> condition, string what, CancellationToken cancellationToken)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(Interval, cancellationToken))
        {
            if (watch.Elapsed > Limit)
                throw new TimeoutException($"It did not happen within {Limit.TotalSeconds} s that {what}.");
        }
    }
}
