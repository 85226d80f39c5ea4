using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines;

/// <param name="OutputPath">The finished document in the work directory, or null when there is none.</param>
/// <param name="Log">What the engine printed.</param>
/// <param name="IsInstallationFault">There is no output because something on this machine is missing, not for the document's fault.</param>
/// <param name="Timings">Milliseconds by stage.</param>
public sealed record EngineResult(
    string? OutputPath,
    IReadOnlyList<LogEntry> Entries,
    string Log,
    IReadOnlyDictionary<string, double> Timings,
    bool IsInstallationFault = false
);
