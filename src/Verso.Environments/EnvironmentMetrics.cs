using System.Diagnostics.Metrics;
using Verso.Environments.Building;
using Verso.Environments.Eviction;
using Verso.Environments.Store;

namespace Verso.Environments;

/// <summary>What operators watch: the meter <c>Verso.Environments</c>.</summary>
internal static class EnvironmentMetrics
{
    private static readonly Meter Meter = new("Verso.Environments");

    private static readonly Counter<long> AcquiredCount = Meter.CreateCounter<long>(
        "verso.environments.acquired",
        description: "Renders by what they got: reused, built, or the base interpreter and why"
    );

    private static readonly Counter<long> WaitCount = Meter.CreateCounter<long>(
        "verso.environments.waits",
        description: "Renders that joined a build under way"
    );

    private static readonly Histogram<double> BuildSeconds = Meter.CreateHistogram<double>(
        "verso.environments.build.duration",
        "s",
        "Builds by outcome: ready, or failed of something transient or lasting"
    );

    private static readonly Counter<long> EvictionCount = Meter.CreateCounter<long>("verso.environments.evictions");

    private static readonly Counter<long> EvictedBytes = Meter.CreateCounter<long>("verso.environments.evicted", "By");

    private static readonly Gauge<long> StoreBytes = Meter.CreateGauge<long>(
        "verso.environments.store.size",
        "By",
        "As measured at the latest pass of eviction"
    );

    public static void Acquired(EnvironmentOutcome outcome) =>
        AcquiredCount.Add(
            1,
            KeyValuePair.Create<string, object?>(
                "outcome",
                outcome switch
                {
                    EnvironmentOutcome.Leased { Built: true } => "built",
                    EnvironmentOutcome.Leased => "reused",
                    EnvironmentOutcome.Base fallback => fallback.Reason.ToString(),
                    _ => "",
                }
            )
        );

    public static void Waited() => WaitCount.Add(1);

    public static void Built(BuildResult result, TimeSpan elapsed) =>
        BuildSeconds.Record(
            elapsed.TotalSeconds,
            KeyValuePair.Create<string, object?>(
                "outcome",
                result switch
                {
                    BuildResult.Failed { IsTransient: true } => "transient",
                    BuildResult.Failed => "lasting",
                    _ => "ready",
                }
            )
        );

    public static void Evicted(EvictionReport report)
    {
        foreach (var item in report.Removed)
        {
            var kind = KeyValuePair.Create<string, object?>("kind", item.Kind.ToString());
            EvictionCount.Add(1, kind);
            EvictedBytes.Add(item.Space.Bytes, kind);
        }
        StoreBytes.Record(report.After.Bytes);
    }
}
