namespace Verso.Rendering.Logs;

/// <summary>Entries of a log that documents' code can write to: so many as somebody may want to read.</summary>
internal sealed class EntryList
{
    private const int MostWarnings = 900;
    private const int MostErrors = 100;

    private readonly List<LogEntry> _entries = [];
    private int _warnings;
    private int _errors;

    public bool HasError => _errors > 0;

    public bool Any(Func<LogEntry, bool> isSuch) => _entries.Exists(entry => isSuch(entry));

    public void Add(LogEntry entry)
    {
        var isError = entry.Level == EntryLevel.Error;
        if (isError ? _errors++ < MostErrors : _warnings++ < MostWarnings)
            _entries.Add(entry);
    }

    /// <summary>Adds the one that is to be read before all others.</summary>
    public void AddFirst(LogEntry entry)
    {
        _errors += entry.Level == EntryLevel.Error ? 1 : 0;
        _entries.Insert(0, entry);
    }

    /// <summary>What was kept, and how much was not.</summary>
    public List<LogEntry> ToList()
    {
        var more = Math.Max(_warnings - MostWarnings, 0) + Math.Max(_errors - MostErrors, 0);
        return more == 0
            ? _entries
            :
            [
                .. _entries,
                new LogEntry(EntryLevel.Info, $"There are {more:N0} more such messages in the log's text."),
            ];
    }
}
