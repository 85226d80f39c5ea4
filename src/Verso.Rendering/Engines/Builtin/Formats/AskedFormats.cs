using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>Which formats a document is to be made in: the one that was asked for, else those that it names.</summary>
internal static class AskedFormats
{
    /// <summary>By Quarto's names, as the front matter has them, whether or not they can be made.</summary>
    public static IReadOnlyList<string> Named(QuartoDocument document) =>
        document.Defaults.Prepend(document.FrontMatter).Select(Named).FirstOrDefault(names => names.Count > 0) ?? [];

    private static IReadOnlyList<string> Named(YamlMap map) =>
        map.Map("format") is { } formats ? [.. formats.Keys]
        : map.Text("format") is { } one ? [one]
        : [];

    public static IReadOnlyList<Rendition> Of(EngineRequest request)
    {
        IEnumerable<string> names = request.Render.Format is { } asked ? [asked] : Named(request.Document);
        var formats = names.Select(OutputFormat.Find).OfType<OutputFormat>().Distinct().ToList();
        var taken = new HashSet<string> { request.Document.FileName };
        return
        [
            .. (formats.Count > 0 ? formats : [OutputFormat.All[0]]).Select(format => new Rendition(
                request,
                format,
                NameOf(request.Document, format, taken)
            )),
        ];
    }

    // Neither another output nor the document itself is replaced by it.
    private static string NameOf(QuartoDocument document, OutputFormat format, HashSet<string> taken)
    {
        var settings = document.SettingsFor(format.Name);
        var stem = Path.GetFileNameWithoutExtension(document.FileName);
        if (
            Path.GetFileName(settings.Text("output-file")) is { Length: > 0 } named
            && named[0] != '.'
            && !named.Any(char.IsControl)
        )
            stem = named.EndsWith($".{format.Extension}", StringComparison.OrdinalIgnoreCase)
                ? Path.GetFileNameWithoutExtension(named)
                : named;
        var name = $"{stem}.{format.Extension}";
        if (!taken.Add(name))
            taken.Add(name = $"{stem}-{format.Name}.{format.Extension}");
        return name;
    }
}
