namespace Verso.Rendering.Execution;

/// <param name="IsMarkdown">The value chose its own Markdown; otherwise the text stands for itself.</param>
public sealed record InlineValue(string Text, bool IsMarkdown);
