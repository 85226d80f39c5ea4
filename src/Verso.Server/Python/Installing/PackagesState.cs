namespace Verso.Server.Python.Installing;

internal enum PackagesState
{
    /// <summary>The project names no packages.</summary>
    None,
    Ready,
    Building,
    Failed,

    /// <summary>Not built, or evicted: the next render of somebody who may install builds it.</summary>
    Missing,
    NotAllowed,
    Disabled,
}
