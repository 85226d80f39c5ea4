using System.Text;
using System.Text.RegularExpressions;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Writes pandoc's Markdown so that no content can end the construct that holds it.</summary>
internal sealed partial class MarkdownWriter
{
    private readonly StringBuilder _text = new();

    public void Raw(string markdown) => _text.Append(markdown);

    public void BlankLine() => _text.Append("\n\n");

    /// <param name="attributes">Inside the braces, such as <c>.python .cell-code</c> or <c>=html</c>.</param>
    public void Fenced(string attributes, string content)
    {
        var fence = new string(
            '`',
            Math.Max(3, Backticks().Matches(content).Select(run => run.Length).DefaultIfEmpty().Max() + 1)
        );
        _text.Append($"\n{fence} {{{attributes}}}\n{content.TrimEnd('\n')}\n{fence}\n\n");
    }

    public void OpenDiv(string attributes) => _text.Append($"\n::: {{{attributes}}}\n");

    public void CloseDiv() => _text.Append("\n:::\n\n");

    public void Image(string path, string? caption, string? alt, int? width)
    {
        var attributes = new List<string>();
        if (width is not null)
            attributes.Add($"width={width}");
        if (alt is not null)
            attributes.Add($"alt=\"{Quoted(alt)}\"");
        _text.Append($"\n![{caption}]({path})");
        if (attributes.Count > 0)
            _text.Append($"{{{string.Join(' ', attributes)}}}");
        _text.Append("\n\n");
    }

    /// <summary>Text that stands for itself, whatever characters are in it.</summary>
    public void Literal(string text) => _text.Append(Special().Replace(text.ReplaceLineEndings(" "), @"\$0"));

    public override string ToString() => _text.ToString();

    private static string Quoted(string text) =>
        text.ReplaceLineEndings(" ").Replace("\\", "\\\\").Replace("\"", "\\\"");

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"[\\`*_{}\[\]<>()#|~^$@'""]")]
    private static partial Regex Special();
}
