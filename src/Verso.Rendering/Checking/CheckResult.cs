using Verso.Rendering.Logs;

namespace Verso.Rendering.Checking;

/// <param name="Documents">How many were read.</param>
public sealed record CheckResult(int Documents, IReadOnlyList<LogEntry> Entries);
