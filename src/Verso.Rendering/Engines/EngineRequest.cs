using Verso.Environments.Store;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines;

/// <param name="Environment">What was acquired for the document.</param>
/// <param name="Python">The interpreter that runs the cells.</param>
/// <param name="InterpreterFolders">What running it needs besides the system's own folders.</param>
/// <param name="WorkDirectory">Empty, and deleted after the render.</param>
public sealed record EngineRequest(
    QuartoDocument Document,
    DocumentSettings Settings,
    string ProjectDirectory,
    EnvironmentOutcome Environment,
    string Python,
    IReadOnlyList<string> InterpreterFolders,
    string WorkDirectory
)
{
    public ModuleAdvisor Advisor { get; init; } = new(ProjectDirectory, Environment);

    /// <summary>An empty folder for what libraries keep in the user's home.</summary>
    public string HomeDirectory => Path.Combine(WorkDirectory, "home");
}
