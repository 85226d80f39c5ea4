using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Verso.Rendering.Documents;

/// <summary>A YAML mapping of a document, read key by key.</summary>
public sealed class YamlMap
{
    private const int MaxDepth = 50;

    public static readonly YamlMap Empty = new(new YamlMappingNode(), 1);

    private readonly YamlMappingNode _node;
    private readonly int _firstLine;

    private YamlMap(YamlMappingNode node, int firstLine, string? file = null) =>
        (_node, _firstLine, File) = (node, firstLine, file);

    /// <summary>Where it was read; null for the document itself.</summary>
    public string? File { get; }

    internal YamlMappingNode Node => _node;

    /// <summary>Whether this is what another map has under a key, directly or for one of its formats.</summary>
    public bool IsWithin(YamlMap layer, string key) =>
        ReferenceEquals(layer.Map(key)?._node, _node)
        || layer.Map("format") is { } formats
            && formats.Keys.Any(format => ReferenceEquals(formats.Map(format)?.Map(key)?._node, _node));

    public IEnumerable<string> Keys => _node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <param name="firstLine">The document's line on which the YAML starts, counted from 1.</param>
    /// <exception cref="DocumentException">It is no YAML, or no mapping.</exception>
    public static YamlMap Parse(string yaml, int firstLine, string? file = null)
    {
        try
        {
            RefuseDeepNesting(yaml, firstLine);
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents.Count == 0 ? Empty
                : stream.Documents[0].RootNode is YamlMappingNode map ? new YamlMap(map, firstLine, file)
                : stream.Documents[0].RootNode is YamlScalarNode { Value: null or "" } ? Empty
                : throw new DocumentException("the YAML is not a list of 'key: value' lines.", firstLine);
        }
        catch (YamlException e)
        {
            throw new DocumentException($"the YAML cannot be read: {Reason(e)}", firstLine + (int)e.Start.Line - 1);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The library's, about an escape such as "\UFFFFFFFF".
            throw new DocumentException(
                "the YAML cannot be read: it names a character that does not exist.",
                firstLine
            );
        }
    }

    public string? Text(string key) =>
        Find(key) is YamlScalarNode scalar
        && !(scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null")
            ? scalar.Value
            : null;

    /// <summary>A list of texts, or one by itself.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        Find(key) is YamlSequenceNode list ? [.. list.OfType<YamlScalarNode>().Select(item => item.Value ?? "")]
        : Text(key) is { } one ? [one]
        : [];

    /// <summary>A text or lists of them, as they are written on one line.</summary>
    public string Written(string key) => Find(key) is { } node ? Written(node) : "";

    private static string Written(YamlNode node) =>
        node switch
        {
            YamlScalarNode scalar => scalar.Value ?? "",
            YamlSequenceNode list => $"[{string.Join(',', list.Select(Written))}]",
            _ => "",
        };

    public bool? Flag(string key) =>
        Text(key)?.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" => true,
            "false" or "no" or "off" => false,
            _ => null,
        };

    public double? Number(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    public YamlMap? Map(string key) => Find(key) is YamlMappingNode map ? new YamlMap(map, _firstLine, File) : null;

    /// <summary>The document's line on which the key stands.</summary>
    public int LineOf(string key) =>
        _firstLine
        + (int)_node.Children.Keys.OfType<YamlScalarNode>().First(node => (node.Value ?? "") == key).Start.Line
        - 1;

    public bool Has(string key) => Find(key) is not null;

    private YamlNode? Find(string key) =>
        _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private static string Reason(YamlException e) => (e.InnerException ?? e).Message.TrimEnd('.') + ".";

    // The library recurses, and a stack overflow cannot be caught; aliases nest without being written nested.
    private static void RefuseDeepNesting(string yaml, int firstLine)
    {
        var parser = new Parser(new StringReader(yaml));
        for (var depth = 0; parser.MoveNext(); )
        {
            if (parser.Current is AnchorAlias alias)
                throw new DocumentException(
                    $"the YAML repeats '*{alias.Value}'; write it out instead, for aliases are not followed.",
                    firstLine + (int)alias.Start.Line - 1
                );
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth)
                throw new DocumentException(
                    $"the YAML nests deeper than {MaxDepth} levels.",
                    firstLine + (int)parser.Current.Start.Line - 1
                );
        }
    }
}
