namespace Verso.Rendering.Documents;

/// <summary>Where a line of a document was written.</summary>
/// <param name="Path">The document's own, or that of a file it includes.</param>
/// <param name="Line">Counted from 1.</param>
public readonly record struct SourceLine(string Path, int Line);
