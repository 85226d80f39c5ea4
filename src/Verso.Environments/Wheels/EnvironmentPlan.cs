using System.Security.Cryptography;
using Verso.Environments.Interpreters;

namespace Verso.Environments.Wheels;

/// <param name="Requested">Named in the requirements, not only needed by something that is.</param>
internal sealed record WheelToLink(StoredWheel Wheel, bool Requested);

/// <summary>A file that two wheels have, with different content.</summary>
/// <param name="Path">Inside the environment.</param>
/// <param name="First">The file name of the wheel whose file is not there.</param>
/// <param name="Second">The file name of the wheel whose file is.</param>
internal sealed record LinkConflict(string Path, string First, string Second);

/// <summary>Every file that wheels put into an environment, and which wheel's it is.</summary>
internal sealed class EnvironmentPlan
{
    private readonly BaseInterpreter _interpreter;
    private readonly string _python;
    private readonly Dictionary<string, PlannedFile> _files = [];
    private readonly HashSet<string> _folders = [];
    private readonly List<LinkConflict> _conflicts = [];

    /// <param name="wheels">In the order of installing: the later of two files for one place wins.</param>
    /// <param name="directory">Where the environment stands for good.</param>
    /// <exception cref="WheelException">One wheel has a file where another has a folder.</exception>
    public EnvironmentPlan(string directory, BaseInterpreter interpreter, IReadOnlyList<WheelToLink> wheels)
    {
        _interpreter = interpreter;
        _python = Path.Combine(directory, "bin", "python");
        Directory = directory;
        Wheels = wheels;
        _files.EnsureCapacity(wheels.Sum(entry => entry.Wheel.Manifest.Files.Count + 2));
        foreach (var wheel in wheels)
            Add(wheel);
        foreach (var path in _files.Keys)
            ClaimFolders(path);
    }

    public string Directory { get; }

    public IReadOnlyList<WheelToLink> Wheels { get; }

    public IReadOnlyDictionary<string, PlannedFile> Files => _files;

    /// <summary>Each after the folder that it is in.</summary>
    public IReadOnlyCollection<string> Folders => _folders;

    public IReadOnlyList<LinkConflict> Conflicts => _conflicts;

    private void Add(WheelToLink entry)
    {
        var (wheel, requested) = entry;
        var manifest = wheel.Manifest;
        var metadata = $"{_interpreter.SitePackages}/{manifest.DistInfo}/";
        var written = new List<RecordRow>();
        foreach (var file in manifest.Files)
            if (file.NamesPython)
                Write(wheel, file.Path, Rewritten(wheel, file), file.Executable, written);
            else
                Put(new PlannedFile.Linked(file.Path, wheel, Path.Combine(wheel.Tree, file.Path), file.Sha256));
        var rewritten = written.ToDictionary(row => row.Path);
        foreach (var point in manifest.EntryPoints)
            Write(wheel, "bin/" + point.Name, ScriptText.OfEntryPoint(_python, point), executable: true, written);
        if (requested)
            Put(new PlannedFile.Linked(metadata + "REQUESTED", wheel, wheel.RequestedFile, EmptySha256));
        var record = wheel.RecordFile(requested);
        if (written.Count == 0)
            Put(new PlannedFile.Linked(metadata + "RECORD", wheel, record, manifest.RecordSha256(requested)));
        else
            Put(
                new PlannedFile.Written(
                    metadata + "RECORD",
                    wheel,
                    WheelRecord.Write(
                        WheelRecord
                            .Parse(File.ReadAllText(record))
                            .Select(row => rewritten.GetValueOrDefault(row.Path, row))
                            .Concat(written.Skip(rewritten.Count))
                    ),
                    Executable: false
                )
            );
    }

    private byte[] Rewritten(StoredWheel wheel, WheelFile file) =>
        ScriptText.WithPython(_python, File.ReadAllBytes(Path.Combine(wheel.Tree, file.Path)));

    private void Write(StoredWheel wheel, string path, byte[] content, bool executable, List<RecordRow> rows)
    {
        Put(new PlannedFile.Written(path, wheel, content, executable));
        var inRecord = Path.GetRelativePath("/" + _interpreter.SitePackages, "/" + path);
        rows.Add(RecordRow.Of(inRecord, SHA256.HashData(content), content.Length));
    }

    private void Put(PlannedFile file)
    {
        if (_files.TryGetValue(file.Path, out var earlier) && earlier.Wheel != file.Wheel)
        {
            if (!earlier.IsSameAs(file))
                _conflicts.Add(
                    new LinkConflict(file.Path, earlier.Wheel.Manifest.FileName, file.Wheel.Manifest.FileName)
                );
            // A compiled module is believed without a look at its source.
            if (file.Path.EndsWith(".py"))
            {
                var compiled = InstallPaths.Compiled(file.Path, _interpreter);
                if (_files.TryGetValue(compiled, out var stale) && stale.Wheel != file.Wheel)
                    _files.Remove(compiled);
            }
        }
        _files[file.Path] = file;
    }

    private void ClaimFolders(string path)
    {
        var slash = path.LastIndexOf('/');
        if (slash < 0 || _folders.Contains(path[..slash]))
            return;
        var folder = path[..slash];
        if (_files.TryGetValue(folder, out var file))
            throw new WheelException(
                $"{file.Wheel.Manifest.FileName} has a file '{folder}' where another package has a folder; they cannot be installed together."
            );
        ClaimFolders(folder);
        _folders.Add(folder);
    }

    private static readonly string EmptySha256 = Convert.ToHexStringLower(SHA256.HashData([]));
}

/// <param name="Path">Inside the environment.</param>
internal abstract record PlannedFile(string Path, StoredWheel Wheel)
{
    public sealed record Linked(string Path, StoredWheel Wheel, string Source, string Sha256) : PlannedFile(Path, Wheel)
    {
        public bool IsInTree => Source.StartsWith(Wheel.Tree + "/");
    }

    public sealed record Written(string Path, StoredWheel Wheel, byte[] Content, bool Executable)
        : PlannedFile(Path, Wheel);

    public bool IsSameAs(PlannedFile other) => ContentHash() == other.ContentHash();

    private string? ContentHash() =>
        this switch
        {
            Linked linked => linked.Sha256,
            Written written => Convert.ToHexStringLower(SHA256.HashData(written.Content)),
            _ => null,
        };
}
