using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Rendering;

/// <param name="OutputDirectory">Null for the document's own folder.</param>
/// <param name="AllowInstall">The gate's answer.</param>
public sealed record RenderRequest(string DocumentPath, string? OutputDirectory, bool AllowInstall)
{
    /// <inheritdoc cref="EnvironmentRequest.Resolution"/>
    public Resolution? Resolution { get; init; }

    /// <inheritdoc cref="EnvironmentRequest.Retry"/>
    public bool Retry { get; init; }
}
