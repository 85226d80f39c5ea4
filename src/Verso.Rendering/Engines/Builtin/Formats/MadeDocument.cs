using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <param name="Outputs">The document first; none when no document came out.</param>
/// <param name="Log">What the programs printed.</param>
internal sealed record MadeDocument(IReadOnlyList<EngineOutput> Outputs, IReadOnlyList<LogEntry> Entries, string Log)
{
    /// <summary>Whether something on this machine is missing for it.</summary>
    public bool IsInstallationFault { get; private init; }

    public static MadeDocument Missing(string message, Rendition rendition) =>
        new([], [new LogEntry(EntryLevel.Error, message, File: rendition.File)], message + "\n")
        {
            IsInstallationFault = true,
        };
}
