namespace Verso.Rendering;

/// <param name="OutputDirectory">Null for the document's own folder.</param>
/// <param name="AllowInstall">The gate's answer.</param>
public sealed record RenderRequest(string DocumentPath, string? OutputDirectory, bool AllowInstall);
