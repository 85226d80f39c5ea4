using Verso.Rendering.Engines;
using Verso.Sandboxing;

namespace Verso.Rendering;

/// <summary>The section <c>Rendering</c> of the configuration.</summary>
public sealed record RenderingOptions
{
    public EngineChoice Engine { get; init; }

    /// <summary>The Quarto program: a path, or a name looked up on PATH.</summary>
    public string QuartoPath { get; init; } = "quarto";

    /// <summary>Where what Quarto keeps from render to render stands.</summary>
    public string CacheDirectory { get; init; } = "/var/lib/overleaf/data/render-caches";

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (QuartoPath.Length == 0)
            yield return "Rendering:QuartoPath is empty; name the program, such as /opt/quarto/bin/quarto, or leave it out.";
        else if (QuartoPath.Contains('/') && ProgramPath.TryFind(QuartoPath) is null)
            yield return $"Rendering:QuartoPath is '{QuartoPath}'; there is no program there.";
        if (!Path.IsPathRooted(CacheDirectory))
            yield return $"Rendering:CacheDirectory is '{CacheDirectory}'; it must be an absolute path.";
    }
}
