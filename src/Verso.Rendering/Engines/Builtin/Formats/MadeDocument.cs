using Verso.Rendering.Logs;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <param name="Outputs">None when no document came out.</param>
/// <param name="Log">What the programs printed.</param>
internal sealed record MadeDocument(IReadOnlyList<EngineOutput> Outputs, IReadOnlyList<LogEntry> Entries, string Log);
