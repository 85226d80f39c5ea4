using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines;

/// <param name="Documents">What is to be rendered, as far as it can be read.</param>
/// <param name="RunsCode">Whether Python is needed for it.</param>
public sealed record EngineSources(IReadOnlyList<QuartoDocument> Documents, bool RunsCode);
