namespace Verso.Rendering.Documents;

/// <summary>A stretch of a document, in the order of its text.</summary>
/// <param name="Line">The document's line on which it starts, counted from 1.</param>
public abstract record DocumentBlock(int Line)
{
    /// <summary>Markdown that goes to pandoc as it is.</summary>
    public sealed record Markdown(string Text, int Line) : DocumentBlock(Line);

    /// <summary><c>`{python} expression`</c> in running text.</summary>
    public sealed record Inline(int Index, string Expression, int Line) : DocumentBlock(Line);

    /// <summary>A fenced cell.</summary>
    /// <param name="Source">Without its option lines.</param>
    /// <param name="SourceLine">The document's line on which <paramref name="Source"/> starts.</param>
    /// <param name="Indent">White space in front of the fence, for instance inside a list.</param>
    public sealed record Cell(
        int Index,
        string Language,
        string Source,
        int SourceLine,
        YamlMap Options,
        string Indent,
        int Line
    ) : DocumentBlock(Line)
    {
        /// <summary>The option lines as they were written, each with its end.</summary>
        public string OptionText { get; init; } = "";

        public string? Label => Options.Text("label");

        /// <summary>What people call it: its label, or its place among the cells.</summary>
        public string Name => Label ?? $"{Index + 1}";
    }
}
