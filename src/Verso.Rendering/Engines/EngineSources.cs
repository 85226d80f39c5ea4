using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines;

/// <param name="Documents">What is to be rendered, as far as it can be read.</param>
/// <param name="RunsCode">Whether Python is needed for it.</param>
public sealed record EngineSources(IReadOnlyList<QuartoDocument> Documents, bool RunsCode)
{
    /// <summary>Whether code may run that cannot be seen from here, so that the base interpreter is to be the one that runs it.</summary>
    public bool MayRunCode { get; init; }
}
