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
        foreach (var file in manifest.Files)
            Put(
                file.NamesPython
                    ? new PlannedFile.Written(file.Path, wheel, Rewritten(wheel, file), file.Executable)
                    : new PlannedFile.Linked(file.Path, wheel, Path.Combine(wheel.Tree, file.Path), file.Sha256)
            );
        foreach (var point in manifest.EntryPoints)
            Put(
                new PlannedFile.Written(
                    "bin/" + point.Name,
                    wheel,
                    ScriptText.OfEntryPoint(_python, point),
                    Executable: true
                )
            );
        if (requested)
            Put(new PlannedFile.Linked(metadata + "REQUESTED", wheel, wheel.RequestedFile, EmptySha256));
        var record = metadata + "RECORD";
        Put(
            wheel.HasScripts
                ? new PlannedFile.Written(record, wheel, Record(wheel, requested), Executable: false)
                : new PlannedFile.Linked(record, wheel, wheel.RecordFile(requested), manifest.RecordSha256(requested))
        );
    }

    private byte[] Rewritten(StoredWheel wheel, WheelFile file) =>
        ScriptText.WithPython(_python, File.ReadAllBytes(Path.Combine(wheel.Tree, file.Path)));

    // The stored one, with the rows of the files that hold this environment's path. What the wheel's own RECORD does not
    // name has no hash, as pip gives it none.
    private byte[] Record(StoredWheel wheel, bool requested)
    {
        var rewritten = wheel
            .Manifest.Files.Where(file => file.NamesPython)
            .Select(file => Row(file.Path))
            .ToDictionary(row => row.Path);
        return WheelRecord.Write(
            WheelRecord
                .Parse(File.ReadAllText(wheel.RecordFile(requested)))
                .Select(row => row.Hash.Length > 0 ? rewritten.GetValueOrDefault(row.Path, row) : row)
                .Concat(wheel.Manifest.EntryPoints.Select(point => Row("bin/" + point.Name)))
        );
    }

    private RecordRow Row(string path)
    {
        var content = ((PlannedFile.Written)_files[path]).Content;
        var inRecord = Path.GetRelativePath("/" + _interpreter.SitePackages, "/" + path);
        return RecordRow.Of(inRecord, SHA256.HashData(content), content.Length);
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
