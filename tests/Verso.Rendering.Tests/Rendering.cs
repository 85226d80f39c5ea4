using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Tests;

/// <summary>What came of a render.</summary>
/// <param name="Html">The finished document; null when there is none.</param>
/// <param name="Log">The content of <c>output.log</c>.</param>
public sealed record Rendering(RenderResult Result, IHtmlDocument? Html, string Log)
{
    public IHtmlDocument Page =>
        Html ?? throw new InvalidOperationException(string.Join('\n', Result.Log.Select(entry => entry.ToString())));

    public IEnumerable<LogEntry> Errors => Result.Log.Where(entry => entry.Level == EntryLevel.Error);

    public IEnumerable<LogEntry> Warnings => Result.Log.Where(entry => entry.Level == EntryLevel.Warning);

    /// <summary>The cell with a label.</summary>
    public IElement Cell(string label) =>
        Page.GetElementById(label) ?? throw new InvalidOperationException($"There is no cell {label}.");

    /// <summary>What a cell printed, or the text of its one output.</summary>
    public string Output(string label) =>
        Cell(label).QuerySelectorAll(".cell-output").ShouldHaveSingleItem().TextContent.Trim();

    /// <summary>The text of the element with an id.</summary>
    public string Text(string id) => Cell(id).TextContent.Trim().ReplaceLineEndings(" ");
}
