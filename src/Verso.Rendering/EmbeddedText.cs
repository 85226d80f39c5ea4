namespace Verso.Rendering;

internal static class EmbeddedText
{
    /// <summary>The texts whose names begin so.</summary>
    public static IEnumerable<string> Names(string start) =>
        typeof(EmbeddedText)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(start, StringComparison.Ordinal));

    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
