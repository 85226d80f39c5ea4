namespace Verso.Rendering.Engines;

/// <param name="Path">Where it stands now. A stranger's code may have put something else there since.</param>
/// <param name="Name">Where it belongs, relative to the folder for outputs.</param>
public sealed record EngineOutput(string Path, string Name, OutputKind Kind);
