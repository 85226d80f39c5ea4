using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines;

/// <param name="Outputs">None when no document came out.</param>
/// <param name="OutputFolder">Where the outputs belong unless another place was asked for.</param>
/// <param name="Log">What the engine printed.</param>
/// <param name="Timings">Milliseconds by stage.</param>
/// <param name="IsInstallationFault">There is no output because something on this machine is missing, not for the document's fault.</param>
public sealed record EngineResult(
    IReadOnlyList<EngineOutput> Outputs,
    string OutputFolder,
    IReadOnlyList<LogEntry> Entries,
    string Log,
    IReadOnlyDictionary<string, double> Timings,
    bool IsInstallationFault = false
)
{
    /// <summary>What earlier renders put into the folder for outputs and this one does not have, relative to the folder.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];
}
