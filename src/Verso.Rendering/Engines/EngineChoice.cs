namespace Verso.Rendering.Engines;

public enum EngineChoice
{
    /// <summary>Quarto where it is installed, else the builtin engine.</summary>
    Auto,
    Quarto,
    Builtin,
}
