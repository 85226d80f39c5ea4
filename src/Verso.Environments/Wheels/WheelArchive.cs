using System.IO.Compression;
using System.Text;
using Verso.Environments.Gateway;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;

namespace Verso.Environments.Wheels;

/// <summary>
/// Unpacks a wheel to the places that an environment has for its files. What it holds is a stranger's: whatever pip
/// would refuse is refused, and whatever could reach outside of the wheel's own files; see <see cref="InstallPaths"/>.
/// </summary>
internal sealed class WheelArchive
{
    private const int RegularFile = 0x8000;
    private const int FileType = 0xF000;
    private const int AnyExecute = 0x49; // 0111

    // Names without the flag for UTF-8 are in the zip's first encoding, as Python reads them.
    private static readonly Encoding OldNames = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    // How it was installed is not for the wheel to say.
    private static readonly string[] InstallersFiles = ["INSTALLER", "REQUESTED", "direct_url.json"];

    private readonly WheelFileName _wheel;
    private readonly BaseInterpreter _interpreter;
    private readonly WheelLimits _limits;
    private readonly UnpackBudget _budget;
    private readonly InstallPaths _paths;
    private readonly Dictionary<string, WheelFile> _files = [];
    private readonly HashSet<string> _folders = [];
    private long _totalBytes;

    private WheelArchive(WheelFileName wheel, BaseInterpreter interpreter, WheelLimits limits, UnpackBudget budget)
    {
        (_wheel, _interpreter, _limits, _budget) = (wheel, interpreter, limits, budget);
        _paths = new InstallPaths(wheel, interpreter, limits);
    }

    /// <param name="zip">Only this process may change it meanwhile.</param>
    /// <param name="tree">A folder to make, which gets the layout of an environment.</param>
    /// <exception cref="WheelException">The wheel is not one, or does what it must not; the tree may be half there.</exception>
    public static UnpackedWheel Unpack(
        string zip,
        WheelFileName wheel,
        string sha256,
        BaseInterpreter interpreter,
        string tree,
        WheelLimits limits,
        UnpackBudget budget,
        CancellationToken cancellationToken
    )
    {
        using var file = new FileStream(zip, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (ZipBounds.DirectoryBytes(file) is not { } directoryBytes)
            throw WheelException.Refused(wheel.Text, "it is no zip file.");
        if (directoryBytes > limits.DirectoryBytes)
            throw WheelException.Refused(
                wheel.Text,
                $"its list of entries is longer than {limits.DirectoryBytes} bytes."
            );
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, OldNames);
            return new WheelArchive(wheel, interpreter, limits, budget).Unpack(
                archive,
                sha256,
                tree,
                cancellationToken
            );
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw WheelException.Refused(wheel.Text, $"it is no sound zip file ({e.Message.TrimEnd('.')}).");
        }
    }

    private UnpackedWheel Unpack(ZipArchive archive, string sha256, string tree, CancellationToken cancellationToken)
    {
        if (archive.Entries.Count > _limits.Entries)
            throw WheelException.Refused(_wheel.Text, $"it has more than {_limits.Entries:N0} entries.");
        var entries = new Dictionary<string, ZipArchiveEntry>();
        var targets = new List<(ZipArchiveEntry Entry, InstallPath Path)>();
        foreach (var entry in archive.Entries)
        {
            if (!entries.TryAdd(entry.FullName, entry))
                throw Refused(entry, "is there twice.");
            if (entry.IsEncrypted)
                throw Refused(entry, "is encrypted.");
            if (Mode(entry) is var mode && (mode & FileType) is not (0 or RegularFile) && !entry.FullName.EndsWith('/'))
                throw Refused(entry, "is neither a file nor a folder: links and devices are not installed.");
            if (_paths.Of(entry.FullName) is { } path)
                targets.Add((entry, path));
        }
        var description = WheelDescription.Read(_wheel, entries, _interpreter, _limits);
        var (distInfo, entryPoints) = (description.DistInfo, description.EntryPoints);
        var installers = InstallersFiles.Select(name => $"{distInfo}/{name}").ToHashSet();
        var rows = WheelRecord.Parse(description.Record).Where(row => !installers.Contains(row.Path)).ToList();
        var hashes = rows.Where(row => row.Hash.Length > 0).ToLookup(row => row.Path, row => row.Hash);
        var installed = new Dictionary<string, string>();
        // Root, then .data but for scripts, then scripts: the later of two files for one place wins.
        foreach (var (entry, path) in targets.OrderBy(target => Phase(target.Entry.FullName, target.Path)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (installers.Any(name => entry.FullName.StartsWith(name + "/")))
                throw Refused(entry, "stands where the installer has a file of its own.");
            if (installers.Contains(entry.FullName) || (path.IsScript && IsWrapperOf(entryPoints, path.Path)))
                continue;
            Write(entry, path, tree, [.. hashes[entry.FullName]]);
            installed[entry.FullName] = path.InRecord;
        }
        foreach (var (entry, path) in targets.Where(target => target.Path.Path.EndsWith(".py")))
            CheckCompiled(entry, InstallPaths.Compiled(path.Path, _interpreter));
        Forget(tree, $"{_interpreter.SitePackages}/{distInfo}/RECORD"); // an installed wheel's is another
        // The hash of these comes with the environment, and that of a row is never nothing.
        var rewritten = _files
            .Values.Where(file => file.NamesPython)
            .Select(file => _paths.InRecord(file.Path))
            .ToHashSet();
        List<RecordRow> recorded =
        [
            .. rows.Select(row => installed.Remove(row.Path, out var place) ? row with { Path = place } : row)
                .Select(row =>
                    row.Hash.Length == 0 && rewritten.Contains(row.Path) ? row with { Hash = "sha256=" } : row
                ),
            .. installed.Values.Select(place => new RecordRow(place, "", "")),
        ];
        return new UnpackedWheel(
            new WheelManifest(
                _wheel.Text,
                sha256,
                description.Name,
                description.Version,
                description.RequiresPython,
                description.Tags,
                entryPoints,
                WheelModules.Of(_files.Keys, _interpreter),
                distInfo,
                _totalBytes,
                [.. _files.Values]
            ),
            recorded,
            [.. targets.Select(target => target.Path).Where(path => _files.ContainsKey(path.Path))]
        );
    }

    private static int Mode(ZipArchiveEntry entry) => (entry.ExternalAttributes >> 16) & 0xFFFF;

    private static int Phase(string entry, InstallPath path) =>
        path.IsScript ? 2
        : entry.Split('/')[0].EndsWith(".data") ? 1
        : 0;

    // What setuptools once put beside the commands that it made.
    private static bool IsWrapperOf(IReadOnlyList<EntryPoint> entryPoints, string path)
    {
        var name = Path.GetFileName(path);
        var ending = Array.Find(
            [".exe", "-script.py", ".pya"],
            ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
        );
        var command = name[..^(ending?.Length ?? 0)];
        return entryPoints.Any(point => point.Name == command);
    }

    private void Write(ZipArchiveEntry entry, InstallPath path, string tree, IReadOnlyList<string> expected)
    {
        ClaimFolders(entry, path.Path);
        var target = Path.Combine(tree, path.Path);
        if (_files.ContainsKey(path.Path))
            Forget(tree, path.Path);
        var executable = (Mode(entry) & FileType) == RegularFile && (Mode(entry) & AnyExecute) != 0;
        using var digests = new RecordedDigests(expected, entry.Crc32);
        var start = new byte[16];
        long size = 0;
        _budget.SpendFile();
        using (var content = entry.Open())
        using (var file = NewFile.Create(target, executable))
        {
            var buffer = new byte[64 << 10];
            for (int read; (read = content.Read(buffer)) > 0; size += read)
            {
                if (size + read > _limits.FileBytes)
                    throw Refused(entry, $"unpacks to more than {_limits.FileBytes:N0} bytes.");
                if (_totalBytes + size + read > _limits.TotalBytes)
                    throw WheelException.Refused(
                        _wheel.Text,
                        $"it unpacks to more than {_limits.TotalBytes:N0} bytes."
                    );
                _budget.Spend(read);
                var bytes = buffer.AsSpan(0, read);
                if (size < start.Length)
                    bytes[..(int)Math.Min(start.Length - size, read)].CopyTo(start.AsSpan((int)size));
                digests.Append(bytes);
                file.Write(bytes);
            }
        }
        if (!digests.Match())
            throw Refused(entry, "is not what RECORD or the zip says it is.");
        _totalBytes += size;
        _files[path.Path] = new WheelFile(
            path.Path,
            digests.Sha256,
            size,
            executable,
            path.IsScript && ScriptText.NamesPython(start)
        );
    }

    private void Forget(string tree, string path)
    {
        File.Delete(Path.Combine(tree, path));
        if (_files.Remove(path, out var file))
            _totalBytes -= file.Size;
    }

    private void ClaimFolders(ZipArchiveEntry entry, string path)
    {
        if (_folders.Contains(path))
            throw Refused(entry, "is a file where another entry has a folder.");
        for (var folder = Path.GetDirectoryName(path)!; folder.Length > 0; folder = Path.GetDirectoryName(folder)!)
        {
            if (_files.ContainsKey(folder))
                throw Refused(entry, "stands in a folder where another entry is a file.");
            if (!_folders.Add(folder))
                return;
        }
    }

    private void CheckCompiled(ZipArchiveEntry module, string compiled)
    {
        if (_folders.Contains(compiled) || _files.ContainsKey(Path.GetDirectoryName(compiled)!))
            throw Refused(module, "cannot be compiled: another entry stands where its compiled form goes.");
    }

    private WheelException Refused(ZipArchiveEntry entry, string reason) =>
        WheelException.Refused(_wheel.Text, entry.FullName, reason);
}

/// <param name="Rows">Of RECORD, as far as the wheel and its places tell.</param>
/// <param name="Installed">Where each entry went.</param>
internal sealed record UnpackedWheel(
    WheelManifest Manifest,
    IReadOnlyList<RecordRow> Rows,
    IReadOnlyList<InstallPath> Installed
);
