using Verso.Environments.Store;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Engines;

/// <param name="Documents">What is to be rendered, as far as it could be read.</param>
/// <param name="Environment">What was acquired for it.</param>
/// <param name="Python">The interpreter that runs the cells; empty when nothing runs any code.</param>
/// <param name="InterpreterFolders">What running it needs besides the system's own folders.</param>
/// <param name="WorkDirectory">Empty, and deleted after the render.</param>
public sealed record EngineRequest(
    RenderRequest Render,
    IReadOnlyList<QuartoDocument> Documents,
    string ProjectDirectory,
    EnvironmentOutcome Environment,
    string Python,
    IReadOnlyList<string> InterpreterFolders,
    string WorkDirectory
)
{
    public ModuleAdvisor Advisor { get; init; } = new(ProjectDirectory, Environment);

    /// <summary>Names what <see cref="Python"/> is, the curated stack included.</summary>
    public string PythonFingerprint { get; init; } = "";

    /// <summary>The one document, for an engine that renders no projects.</summary>
    public QuartoDocument Document => Documents.Single();

    /// <summary>The document's, for HTML.</summary>
    public DocumentSettings Settings => Document.SettingsFor("html");

    /// <summary>An empty folder for what libraries keep in the user's home.</summary>
    public string HomeDirectory => Path.Combine(WorkDirectory, "home");
}
