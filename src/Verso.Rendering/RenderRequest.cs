using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Rendering;

/// <param name="Target">A document, or the folder of a Quarto project.</param>
/// <param name="OutputDirectory">Null for where the engine puts them: beside the document, or in the project's folder for outputs.</param>
/// <param name="AllowInstall">The gate's answer.</param>
public sealed record RenderRequest(string Target, string? OutputDirectory, bool AllowInstall)
{
    /// <summary>The format to make, by Quarto's name; null for what the document names.</summary>
    public string? Format { get; init; }

    /// <summary>For whom it is; empty for anybody. What is kept from render to render is one person's.</summary>
    public string Person { get; init; } = "";

    /// <inheritdoc cref="EnvironmentRequest.Resolution"/>
    public Resolution? Resolution { get; init; }

    /// <inheritdoc cref="EnvironmentRequest.Retry"/>
    public bool Retry { get; init; }
}
