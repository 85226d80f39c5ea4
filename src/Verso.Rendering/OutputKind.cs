namespace Verso.Rendering;

public enum OutputKind
{
    Document,

    /// <summary>Belongs to documents: figures, styles, scripts.</summary>
    Supporting,

    /// <summary>What the render had to say.</summary>
    Log,
}
