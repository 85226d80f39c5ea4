using Verso.Environments.Store;
using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines;

/// <param name="Environment">What was acquired for the document.</param>
/// <param name="Python">The interpreter that runs the cells.</param>
/// <param name="WorkDirectory">Empty, and deleted after the render.</param>
public sealed record EngineRequest(
    QuartoDocument Document,
    DocumentSettings Settings,
    string ProjectDirectory,
    EnvironmentOutcome Environment,
    string Python,
    string WorkDirectory
);
