using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>
/// The figures or tables of a cell with their captions, written as Quarto's div for them: the filters number it and
/// lay it out like one that an author wrote.
/// </summary>
internal sealed partial class CellFloat(DocumentBlock.Cell cell)
{
    private static readonly string[] Layouts =
    [
        "layout-ncol",
        "layout-nrow",
        "layout",
        "layout-align",
        "layout-valign",
    ];
    private static readonly string[] Passed =
    [
        "fig-align",
        "fig-cap-location",
        "tbl-cap-location",
        "cap-location",
        "tbl-colwidths",
    ];

    private readonly YamlMap _options = cell.Options;
    private readonly List<CellOutput.Display> _parts = [];

    // What is drawn is a figure, unless the label or the caption says that it is a table.
    private string Kind =>
        KindOf(cell.Label) ?? (_options.Has("tbl-cap") || _options.Has("tbl-subcap") ? "tbl" : "fig");

    private string? Label => KindOf(cell.Label) is null ? null : UnsafeInIdentifier().Replace(cell.Label!, "-");

    private IReadOnlyList<string> Captions => _options.Texts($"{Kind}-cap");

    private bool HasParts => _options.Has($"{Kind}-subcap");

    private bool HasLayout => Layouts.Any(_options.Has);

    /// <summary>Whether the label has gone to a figure or table.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>Gathers the displays that belong together where the first of them stands.</summary>
    public IEnumerable<CellOutput> Arrange(IEnumerable<CellOutput> outputs)
    {
        var all = outputs.ToList();
        _parts.AddRange(all.OfType<CellOutput.Display>().Where(Belongs));
        return IsGathered ? all.Where(output => !_parts.Skip(1).Any(part => ReferenceEquals(part, output))) : all;
    }

    private bool IsGathered => _parts.Count > 1 && (HasParts || HasLayout || Label is not null && Captions.Count <= 1);

    private bool Belongs(CellOutput.Display display) =>
        Kind == "tbl" ? DisplayWriter.IsTable(display)
        : Label is not null && KindOf(cell.Label) == "fig"
            ? DisplayWriter.IsFigure(display) || DisplayWriter.IsTable(display)
        : DisplayWriter.IsFigure(display) || HasLayout && DisplayWriter.IsTable(display);

    public void Write(MarkdownWriter writer, CellOutput.Display display, DisplayWriter displays)
    {
        var index = _parts.FindIndex(part => ReferenceEquals(part, display));
        if (index < 0)
        {
            displays.Write(writer, display, null);
            return;
        }
        var isOne = IsGathered || _parts.Count == 1;
        var caption = isOne ? Captions.FirstOrDefault() : Captions.ElementAtOrDefault(index);
        if (Label is null && caption is null && !HasLayout && !_options.Has("fig-align"))
        {
            displays.Write(writer, display, null);
            return;
        }
        IsWritten |= Label is not null;
        var label = Label is null
            ? $".quarto-float-unnumbered kind={Kind}"
            : $"#{Label}{(isOne ? "" : $"-{index + 1}")}";
        writer.OpenDiv(label + Attributes(isOne ? [.. Layouts, .. Passed] : Passed));
        if (IsGathered)
            foreach (var (number, part) in _parts.Index())
                WritePart(writer, part, number, displays);
        else
            displays.Write(writer, display, caption);
        WriteCaption(writer, caption);
        writer.CloseDiv();
    }

    private void WritePart(MarkdownWriter writer, CellOutput.Display part, int number, DisplayWriter displays)
    {
        var caption = _options.Texts($"{Kind}-subcap").ElementAtOrDefault(number);
        if (caption is "true" && _options.Flag($"{Kind}-subcap") == true || HasParts && caption is null)
            caption = "";
        var isNumbered = caption is not null && Label is not null;
        writer.OpenDiv(
            isNumbered ? $"#{Label}-{number + 1}"
            : caption is { Length: > 0 } ? $".quarto-float-unnumbered kind={Kind}"
            : ".quarto-float-part"
        );
        displays.Write(writer, part, caption);
        WriteCaption(writer, caption);
        writer.CloseDiv();
    }

    private static void WriteCaption(MarkdownWriter writer, string? caption)
    {
        if (caption is not { Length: > 0 })
            return;
        writer.OpenDiv(".quarto-float-caption-text");
        writer.Paragraph(caption);
        writer.CloseDiv();
    }

    private string Attributes(IEnumerable<string> names) =>
        string.Concat(
            names
                .Where(name => _options.Has(name))
                .Select(name => $" {name}=\"{MarkdownWriter.Quoted(_options.Written(name))}\"")
        );

    private static string? KindOf(string? label) =>
        label is not null && Prefix().Match(label) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("^(fig|tbl)-.")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"[^\p{L}\p{N}_.:-]")]
    private static partial Regex UnsafeInIdentifier();
}
