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

    /// <summary>Whether the document is to hold all that belongs to it, where its format can.</summary>
    public bool SelfContained { get; init; }

    /// <summary>The project's folder; null for the nearest one upwards that looks like one.</summary>
    public string? Project { get; init; }

    /// <inheritdoc cref="EnvironmentRequest.Owner"/>
    public string Owner { get; init; } = "";

    /// <summary>Told what the document will run with, before anything of it runs.</summary>
    public Func<EnvironmentOutcome, Task>? Acquired { get; init; }

    /// <summary>For whom it is; empty for anybody. What is kept from render to render is one person's.</summary>
    public string Person { get; init; } = "";

    /// <summary>Whether cells need not run again where nothing that they can see has changed, unless the document says otherwise.</summary>
    public bool ReusesRuns { get; init; }

    /// <inheritdoc cref="EnvironmentRequest.Resolution"/>
    public Resolution? Resolution { get; init; }

    /// <inheritdoc cref="EnvironmentRequest.UntrustedFiles"/>
    public IReadOnlyList<string> UntrustedFiles { get; init; } = [];

    /// <inheritdoc cref="EnvironmentRequest.Retry"/>
    public bool Retry { get; init; }
}
