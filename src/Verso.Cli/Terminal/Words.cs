namespace Verso.Cli.Terminal;

/// <summary>How numbers and times are said.</summary>
internal static class Words
{
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    public static string Size(long bytes) =>
        bytes switch
        {
            < 1 << 10 => $"{bytes} B",
            < 1 << 20 => $"{bytes / 1024.0:0.0} KiB",
            < 1 << 30 => $"{bytes / (1024.0 * 1024):0.0} MiB",
            _ => $"{bytes / (1024.0 * 1024 * 1024):0.0} GiB",
        };

    public static string Date(DateTimeOffset time) => $"{time.ToLocalTime():yyyy-MM-dd HH:mm}";
}
