namespace Verso.Bench.Store;

internal static class Times
{
    public static TimeSpan Median(IEnumerable<TimeSpan> times) => Quantile(times, 0.5);

    public static TimeSpan Quantile(IEnumerable<TimeSpan> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[(int)(share * (sorted.Count - 1))];
    }

    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.00} s";

    public static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:0.00} ms";

    public static string Ratio(TimeSpan slower, TimeSpan quicker) => $"{slower / quicker:0.0}×";
}
