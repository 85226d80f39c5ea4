using System.Diagnostics;
using System.Diagnostics.Metrics;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling;

/// <summary>What operators watch: the meter and the traces <c>Verso.Compiling</c>.</summary>
internal static class CompileMetrics
{
    /// <summary>Traces of one compile: <c>compile</c>, in it <c>queue</c>, <c>sync</c>, <c>environment</c>, <c>engine</c>, <c>collect</c>.</summary>
    public static readonly ActivitySource Traces = new("Verso.Compiling");

    private static readonly Meter Meter = new("Verso.Compiling");

    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>(
        "verso.compiles.duration",
        "s",
        "Compiles by status"
    );

    private static readonly Histogram<double> QueueSeconds = Meter.CreateHistogram<double>(
        "verso.compiles.queue.duration",
        "s",
        "How long compiles waited for their turn"
    );

    private static readonly UpDownCounter<long> Running = Meter.CreateUpDownCounter<long>(
        "verso.compiles.running",
        description: "Compiles that have their turn"
    );

    public static void Ended(CompileTarget target, CompileStatus status, TimeSpan elapsed) =>
        Seconds.Record(
            elapsed.TotalSeconds,
            KeyValuePair.Create<string, object?>("status", status.ToString()),
            KeyValuePair.Create<string, object?>("anonymous", target.IsAnonymous)
        );

    public static void Began(TimeSpan waited)
    {
        QueueSeconds.Record(waited.TotalSeconds);
        Running.Add(1);
    }

    public static void GaveUpTurn() => Running.Add(-1);
}
