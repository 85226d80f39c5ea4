namespace Verso.Environments.Building;

/// <summary>
/// What a build prints: shown live to all who wait for it, written to a file for other processes, and kept. Of a flood only
/// the beginning is written and kept, and the end, which says what came of it.
/// </summary>
internal sealed class BuildLog : IProgress<string>
{
    private const int MaxLines = 20_000;
    private const int LastLines = 100;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly Queue<string> _last = [];
    private int _leftOut;
    private readonly List<IProgress<string>> _readers = [];
    private string? _file;

    public string Text => string.Concat(Lines.Select(line => line + "\n"));

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return _leftOut == 0
                    ? [.. _lines, .. _last]
                    : [.. _lines, $"… {_leftOut:N0} lines left out …", .. _last];
        }
    }

    public void Report(string value)
    {
        lock (_lock)
        {
            Keep(value);
            foreach (var reader in _readers)
                reader.Report(value);
        }
    }

    private void Keep(string line)
    {
        if (_lines.Count < MaxLines)
        {
            _lines.Add(line);
            WriteToFile(line);
            return;
        }
        _last.Enqueue(line);
        if (_last.Count <= LastLines)
            return;
        _last.Dequeue();
        _leftOut++;
    }

    /// <summary>Shows the reader every line so far, then each new one.</summary>
    public void Subscribe(IProgress<string> reader)
    {
        lock (_lock)
        {
            foreach (var line in Lines)
                reader.Report(line);
            _readers.Add(reader);
        }
    }

    public void Unsubscribe(IProgress<string> reader)
    {
        lock (_lock)
            _readers.Remove(reader);
    }

    /// <summary>From here on lines go to this file too, made anew.</summary>
    public void BeginFile(string path)
    {
        lock (_lock)
        {
            _file = path;
            File.Delete(path);
        }
    }

    private void WriteToFile(string line)
    {
        try
        {
            if (_file is not null)
                File.AppendAllText(_file, line + "\n");
        }
        catch (IOException)
        {
            _file = null; // A full disk must not end the build before it has said so itself.
        }
    }
}
