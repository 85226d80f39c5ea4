using System.Text;
using System.Text.RegularExpressions;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Writes pandoc's Markdown so that no content can end the construct that holds it.</summary>
internal sealed partial class MarkdownWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>The line that is being written, from 1.</summary>
    public int Line { get; private set; } = 1;

    public void Raw(string markdown)
    {
        _text.Append(markdown);
        Line += markdown.AsSpan().Count('\n');
    }

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

    public void Html(string html) => Fenced("=html", html);

    /// <param name="attributes">Others than the description, each with a space in front.</param>
    public void Image(string path, string alt, string attributes) =>
        _text.Append($"\n![]({path}){{alt=\"{Quoted(alt)}\"{attributes}}}\n\n");

    /// <summary>One paragraph of the author's Markdown, which can neither become another block nor end one.</summary>
    public void Paragraph(string markdown)
    {
        var inline = BlockTag().Replace(OneLine(markdown), @"\<");
        _text.Append($"\n{BlockStart().Replace(inline, @"\$0")}\n\n");
    }

    /// <summary>Text that stands for itself, whatever characters are in it.</summary>
    public void Literal(string text) =>
        _text.Append(BlockStart().Replace(Special().Replace(OneLine(text), @"\$0"), @"\$0"));

    public override string ToString() => _text.ToString();

    /// <summary>A value of an attribute, for between quotation marks.</summary>
    public static string Quoted(string text) => OneLine(text).Replace("\\", @"\\").Replace("\"", "\\\"");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    // Of hyphens and dots only what would become a dash or an ellipsis: numbers stay fit for mathematics.
    [GeneratedRegex(@"[\\`*_{}\[\]<>#|~^$@'""&]|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\.")]
    private static partial Regex Special();

    // What begins a list, heading, quotation, rule, fence, table or definition; the dot of a list's number too.
    [GeneratedRegex(@"^(?:[:>#|~=]|[-*+](?=\s|$|[-*]{2})|`(?=``)|\((?=@?\w*\)\s))|(?<=^\w{1,9})[.)](?=\s|$)")]
    private static partial Regex BlockStart();

    [GeneratedRegex(
        "<(?=/?(?:address|article|aside|blockquote|body|caption|d[dlt]|details|div|fieldset|figcaption|figure|footer|form"
            + "|h[1-6]|head|header|html|iframe|li|main|math|nav|noscript|[ou]l|p|plaintext|pre|script|section|select|style"
            + "|summary|svg|table|tbody|t[dhr]|template|textarea|tfoot|thead|title|xmp)\\b)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex BlockTag();
}
