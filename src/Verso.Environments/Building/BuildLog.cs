namespace Verso.Environments.Building;

/// <summary>What a build prints: kept, shown live to all who wait for it, and written to a file for other processes.</summary>
internal sealed class BuildLog : IProgress<string>
{
    private const int MaxLines = 20_000;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<IProgress<string>> _readers = [];
    private string? _file;

    public string Text
    {
        get
        {
            lock (_lock)
                return _lines.Count == 0 ? "" : string.Join('\n', _lines) + "\n";
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public void Report(string value)
    {
        lock (_lock)
        {
            if (_lines.Count >= MaxLines)
                return;
            _lines.Add(value);
            WriteToFile(value);
            foreach (var reader in _readers)
                reader.Report(value);
        }
    }

    /// <summary>Shows the reader every line so far, then each new one.</summary>
    public void Subscribe(IProgress<string> reader)
    {
        lock (_lock)
        {
            foreach (var line in _lines)
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
