namespace Verso.Environments.Wheels;

/// <summary>The header of METADATA or WHEEL.</summary>
internal static class WheelMetadataText
{
    public static IEnumerable<string> Fields(string text, string name) =>
        text.ReplaceLineEndings("\n")
            .Split('\n')
            .TakeWhile(line => line.Length > 0)
            .Where(line => line.Length > name.Length && line[name.Length] == ':')
            .Where(line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim());

    public static string? Field(string text, string name) => Fields(text, name).FirstOrDefault();
}
