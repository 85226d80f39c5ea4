namespace Verso.Cli.Terminal;

/// <summary>How numbers and times are said.</summary>
internal static class Words
{
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    public static string Date(DateTimeOffset time) => $"{time.ToLocalTime():yyyy-MM-dd HH:mm}";
}
