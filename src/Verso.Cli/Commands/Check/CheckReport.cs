using Verso.Rendering.Logs;

namespace Verso.Cli.Commands.Check;

internal sealed record CheckReport(IReadOnlyList<LogEntry> Entries);
