using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using YamlDotNet.RepresentationModel;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>
/// Replaces shortcodes (<c>{{&lt; name … &gt;}}</c>) in a document's Markdown, in code too, as Quarto does. What depends on
/// the output's format becomes a span, which <c>shortcodes.lua</c> makes something of.
/// </summary>
internal sealed partial class Shortcodes(YamlMappingNode metadata, YamlMappingNode variables)
{
    private static readonly string[] Unsupported =
    [
        .. (string[])
            ["embed", "contents", "brand", "lipsum", "placeholder", "version", "fa", "bi", "iconify", "mermaid"],
    ];

    /// <param name="warn">Told what cannot be resolved: the sentence, and the line within the text, from 0.</param>
    /// <remarks>The text keeps its lines.</remarks>
    public string Expand(string text, Action<string, int>? warn = null) =>
        !text.Contains("{{")
            ? text
            : Shortcode()
                .Replace(
                    text,
                    match =>
                        match.Groups["shown"].Success ? $"{{{{<{match.Groups["shown"].Value}>}}}}"
                        : match.Groups["escaped"].Success ? $"{{{{<{match.Groups["escaped"].Value}>}}}}"
                        : Expand(match, sentence => warn?.Invoke(sentence, text.AsSpan(0, match.Index).Count('\n')))
                );

    private string Expand(Match match, Action<string> warn)
    {
        var words = Word().Matches(match.Groups["call"].Value).Select(Argument).ToList();
        if (words.Count == 0)
            return match.Value;
        var name = words[0].Value;
        var first = words.Skip(1).FirstOrDefault(word => word.Name.Length == 0).Value;
        switch (name)
        {
            case "meta" or "var" when first is not null:
                var place = name == "meta" ? "the front matter" : "_variables.yml";
                if (Find(name == "meta" ? metadata : variables, first) is { } value)
                    return value.ReplaceLineEndings(" ").Trim();
                warn($"There is no '{first}' in {place}.");
                return $"?{name}:{first}";
            case "env" when first is not null:
                var fallback = words.Where(word => word.Name.Length == 0).ElementAtOrDefault(2).Value;
                warn(
                    $"'{match.Value}' is refused: documents see no environment variables. Put the value into the front matter and use meta."
                );
                return fallback ?? $"?env:{first}";
            case "pagebreak":
                return "[]{.shortcode-pagebreak}";
            case "kbd":
                return $"[{Markdown(words.Skip(1).FirstOrDefault(word => word.Name is "" or "win" or "linux").Value ?? "")}]{{.shortcode-kbd}}";
            case "video" when first is not null:
                var attributes = words
                    .Skip(1)
                    .Where(word => word.Name is "title" or "start" or "width" or "height" or "aspect-ratio")
                    .Select(word => $" {word.Name}=\"{MarkdownWriter.Quoted(word.Value)}\"");
                return $"[]{{.shortcode-video src=\"{MarkdownWriter.Quoted(first)}\"{string.Concat(attributes)}}}";
            case "include":
                warn($"'{match.Value}' must stand on a line of its own.");
                return match.Value;
            default:
                warn(
                    Unsupported.Contains(name)
                        ? $"'{match.Value}' is left as it is: the builtin engine does not support the shortcode '{name}'."
                        : $"'{match.Value}' is left as it is: there is no shortcode '{name}' (extensions do not work in the builtin engine)."
                );
                return match.Value;
        }
    }

    // A value by its path: "author.1.name" counts from 1, as Quarto does.
    private static string? Find(YamlNode node, string path)
    {
        foreach (var key in path.Split('.'))
            if (node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value))
                node = value;
            else if (
                node is YamlSequenceNode list
                && int.TryParse(key, out var index)
                && index >= 1
                && index <= list.Children.Count
            )
                node = list.Children[index - 1];
            else
                return null;
        return node switch
        {
            YamlScalarNode scalar => scalar.Value ?? "",
            YamlSequenceNode list when list.Children.All(item => item is YamlScalarNode) => string.Join(
                ", ",
                list.Children.Cast<YamlScalarNode>().Select(item => item.Value)
            ),
            _ => null,
        };
    }

    private static string Markdown(string text)
    {
        var writer = new MarkdownWriter();
        writer.Literal(text);
        return writer.ToString();
    }

    private static (string Name, string Value) Argument(Match word) =>
        (
            word.Groups["name"].Value,
            word.Groups["quoted"].Success ? word.Groups["quoted"].Value : word.Groups["plain"].Value
        );

    [GeneratedRegex(
        @"\{\{\{<(?<shown>[^{}]*?)>\}\}\}|\{\{</\*(?<escaped>[^{}]*?)\*/>\}\}|\{\{<(?<call>[^\n{}]*?)>\}\}",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Shortcode();

    [GeneratedRegex("""(?:(?<name>[\w-]+)=)?(?:"(?<quoted>[^"]*)"|'(?<quoted>[^']*)'|(?<plain>[^\s"']+))""")]
    private static partial Regex Word();
}
