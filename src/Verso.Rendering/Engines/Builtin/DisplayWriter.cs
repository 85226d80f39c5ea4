using System.Text.RegularExpressions;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Writes what a cell displayed in the richest form that the format can show.</summary>
internal sealed partial class DisplayWriter(Rendition rendition, LibraryScripts libraries, DocumentBlock.Cell cell)
{
    private readonly IReadOnlyList<string> _descriptions = cell.Options.Texts("fig-alt");
    private int _figures;

    /// <summary>What plotting functions return is of no interest beside the plot.</summary>
    public static bool IsNoise(CellOutput.Display display) =>
        display.Data.Count == 1
        && display.Data.TryGetValue("text/plain", out var text)
        && PlottingValue().IsMatch(text);

    public static bool IsTable(CellOutput.Display display) =>
        display.Data.ContainsKey("text/html") || display.Data.ContainsKey("text/markdown");

    public static bool IsFigure(CellOutput.Display display) =>
        display.Data.Keys.Any(type => type.StartsWith("image/", StringComparison.Ordinal))
        || display.Library is not null;

    /// <param name="caption">The description of an image that has none of its own.</param>
    public void Write(MarkdownWriter writer, CellOutput.Display display, string? caption)
    {
        var data = display.Data;
        if (data.TryGetValue("text/markdown", out var markdown))
            writer.Raw($"\n{markdown}\n");
        else if (rendition.Format.ShowsHtml && data.TryGetValue("text/html", out var html))
            writer.Html(libraries.Mark(display.Library) + html);
        else if (TryWriteFigure(display) is { } path)
            WriteImage(writer, path, display.Width, caption);
        else if (data.TryGetValue("text/latex", out var latex))
            writer.Raw(latex.TrimStart().StartsWith(@"\begin{") ? $"\n$${latex.Trim()}$$\n" : $"\n{latex}\n");
        else if (data.TryGetValue("text/html", out var table))
            writer.Html(table);
        else if (data.TryGetValue("application/javascript", out var script))
            writer.Html($"<script>{script}</script>");
        else if (data.TryGetValue("text/plain", out var plain))
            writer.Fenced(".text .cell-printed", TerminalText.Plain(plain));
    }

    private void WriteImage(MarkdownWriter writer, string path, int? width, string? caption)
    {
        var alt = _descriptions.ElementAtOrDefault(_figures - 1) ?? _descriptions.FirstOrDefault() ?? caption ?? "";
        var link = cell.Options.Text("fig-link") is { } target ? $" fig-link=\"{MarkdownWriter.Quoted(target)}\"" : "";
        var asked = Size("out-width", "width") + Size("out-height", "height");
        writer.Image(path, alt, asked.Length > 0 || width is null ? asked + link : $" width={width}{link}");
    }

    private string Size(string option, string attribute) =>
        cell.Options.Text(option) is { } size && Length().IsMatch(size) ? $" {attribute}={size}" : "";

    /// <returns>The image's file; null when there is no image, or none that can be read.</returns>
    private string? TryWriteFigure(CellOutput.Display display)
    {
        foreach (var (mimeType, extension) in rendition.Format.Images)
        {
            if (!display.Data.TryGetValue(mimeType, out var data))
                continue;
            var path = Path.Combine(rendition.FigureDirectory, $"cell-{cell.Index + 1}-{_figures + 1}.{extension}");
            var bytes = new byte[data.Length];
            if (extension == "svg")
                File.WriteAllText(path, data);
            else if (Convert.TryFromBase64String(data, bytes, out var length))
                File.WriteAllBytes(path, bytes.AsSpan(0, length));
            else
                continue;
            _figures++;
            return path;
        }
        return null;
    }

    [GeneratedRegex(
        @"^(?:[\[(]|\{'\w+': \[)*(?:<matplotlib\.|<mpl_toolkits\.|<seaborn\.|<Axes|<Figure|Text\(|array\(\[+<|<BarContainer)"
            + @"|<BarContainer object of \d+ artists>\)$|<a list of \d+ Patch objects>\)$"
    )]
    private static partial Regex PlottingValue();

    [GeneratedRegex(@"^\d+(?:\.\d+)?(?:%|px|in|cm|mm|em)?$")]
    private static partial Regex Length();
}
