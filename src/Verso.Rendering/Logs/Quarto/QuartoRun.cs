using Verso.Rendering.Documents;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>What is known about a run of Quarto besides what it printed.</summary>
/// <param name="Documents">What was rendered, as far as it could be read.</param>
/// <param name="ExitCode">Quarto's own.</param>
public sealed record QuartoRun(
    string ProjectDirectory,
    IReadOnlyList<QuartoDocument> Documents,
    ModuleAdvisor Advisor,
    int ExitCode
)
{
    /// <summary>What Quarto was told to render, relative to the project; null when it was the whole of it.</summary>
    public string? File { get; init; }

    /// <summary>The limit that ended the run, in a sentence; null when none did.</summary>
    public string? Overrun { get; init; }

    /// <summary>Whether the project's code may have written what the log begins with.</summary>
    public bool CodeRan { get; init; }

    /// <summary>Whether a program is here, whatever the log says.</summary>
    public Func<string, bool> IsInstalled { get; init; } = _ => false;
}
