using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>
/// The YAML that pandoc is given: what project, folders, document and format say, put together as Quarto does it. Maps
/// are merged, lists joined; of other values the nearest counts.
/// </summary>
internal static class MetadataBlock
{
    // Each is read by itself, or is no metadata.
    private static readonly string[] Left = ["format", "execute", "project", "website", "book", "metadata-files"];

    private static readonly string[] Paths = ["bibliography", "csl", "citation-abbreviations"];

    public static YamlMappingNode Of(QuartoDocument document, DocumentSettings settings)
    {
        var merged = new YamlMappingNode();
        foreach (var map in settings.Maps.Reverse())
            Merge(merged, map.Node, key => Moved(map, key, document));
        return merged;
    }

    /// <summary>As the document has it where there is nothing to put together.</summary>
    public static string Text(Rendition rendition)
    {
        var document = rendition.Document;
        if (document.Defaults.Count == 0 && document.FrontMatter.Map("format") is null)
            return document.FrontMatterText;
        using var writer = new StringWriter();
        new YamlStream(new YamlDocument(Of(document, rendition.Settings))).Save(writer, assignAnchors: false);
        var yaml = writer.ToString().ReplaceLineEndings("\n").TrimEnd('\n');
        return $"---\n{(yaml.EndsWith("\n...", StringComparison.Ordinal) ? yaml[..^4] : yaml)}\n---\n";
    }

    private static void Merge(YamlMappingNode target, YamlMappingNode over, Func<string, Func<string, string>?>? moved)
    {
        foreach (var (key, value) in over.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (
                moved is not null && Left.Contains(name)
                || value is YamlScalarNode { Value: null or "", Style: ScalarStyle.Plain }
            )
                continue;
            var move = moved?.Invoke(name);
            target.Children.TryGetValue(key, out var before);
            if (before is YamlMappingNode inner && value is YamlMappingNode map)
                Merge(inner, map, null);
            else
                target.Children[key] = (before, value) switch
                {
                    (YamlSequenceNode first, YamlSequenceNode second) => new YamlSequenceNode(
                        first.Concat(second.Children.Select(item => Copy(item, move))).Distinct()
                    ),
                    _ => Copy(value, move),
                };
        }
    }

    // What is merged into later must not be the document's own.
    private static YamlNode Copy(YamlNode node, Func<string, string>? move) =>
        node switch
        {
            YamlMappingNode map => new YamlMappingNode(
                map.Children.Select(pair => KeyValuePair.Create(pair.Key, Copy(pair.Value, move)))
            ),
            YamlSequenceNode list => new YamlSequenceNode(list.Children.Select(item => Copy(item, move))),
            YamlScalarNode { Value: { } text } scalar when move is not null => new YamlScalarNode(move(text))
            {
                Style = scalar.Style,
            },
            _ => node,
        };

    // A path that a file of another folder names is one from there.
    private static Func<string, string>? Moved(YamlMap map, string key, QuartoDocument document) =>
        map.File is { } file
        && Path.GetDirectoryName(file) is { } folder
        && folder != document.Directory
        && Paths.Contains(key)
            ? path =>
                File.Exists(Path.Combine(folder, path))
                    ? Path.GetRelativePath(document.Directory, Path.Combine(folder, path))
                    : path
            : null;
}
