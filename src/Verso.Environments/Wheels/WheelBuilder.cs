using System.Security.Cryptography;
using Verso.Environments.Interpreters;
using Verso.Environments.Store;

namespace Verso.Environments.Wheels;

/// <summary>Makes stored wheels. The caller holds the exclusive lock of each.</summary>
internal sealed class WheelBuilder(StoreLayout layout, WheelCompiler compiler, WheelLimits limits)
{
    private static readonly byte[] Installer = "verso\n"u8.ToArray();

    public async Task MakeAsync(
        IReadOnlyList<WheelSource> wheels,
        BaseInterpreter interpreter,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        using var staging = layout.NewStagingDirectory();
        progress?.Report($"Unpacking {wheels.Count} wheel(s) …");
        var unpacked = new UnpackedWheel[wheels.Count];
        var budget = new UnpackBudget(limits);
        await InParallel.ForAsync(
            wheels.Count,
            async (i, token) => unpacked[i] = await UnpackAsync(wheels[i], interpreter, staging.Path, budget, token),
            cancellationToken
        );
        var modules = unpacked.Select(Modules).ToList();
        var compiled = await CompileAsync(unpacked, modules, interpreter, staging.Path, progress, cancellationToken);
        await InParallel.ForAsync(
            wheels.Count,
            i => Finish(unpacked[i], modules[i].Zip(compiled[i]), interpreter, Folder(staging.Path, unpacked[i])),
            cancellationToken
        );
        // After a loss of power a wheel must not stand there with files of no content, for all environments to come.
        VolumeSync.Flush(staging.Path);
        foreach (var wheel in unpacked)
            Place(Folder(staging.Path, wheel), layout.WheelDirectory(wheel.Manifest.Sha256, interpreter.CacheTag));
    }

    /// <summary>Out of sight first, in one step: a wheel is complete or absent.</summary>
    public void Delete(string directory)
    {
        if (!Directory.Exists(directory))
            return;
        using var staging = layout.NewStagingDirectory();
        Directory.Move(directory, Path.Combine(staging.Path, "deleted"));
    }

    private void Place(string made, string directory)
    {
        Delete(directory); // one whose manifest nobody can read
        Directory.CreateDirectory(Path.GetDirectoryName(directory)!);
        Directory.Move(made, directory);
    }

    private async Task<UnpackedWheel> UnpackAsync(
        WheelSource wheel,
        BaseInterpreter interpreter,
        string staging,
        UnpackBudget budget,
        CancellationToken cancellationToken
    )
    {
        var name = WheelFileName.Parse(wheel.FileName);
        var zip = Path.Combine(staging, wheel.Sha256 + ".whl");
        await FetchAsync(wheel, zip, cancellationToken);
        var tree = StoredWheel.TreeOf(Path.Combine(staging, wheel.Sha256));
        var unpacked = WheelArchive.Unpack(
            zip,
            name,
            wheel.Sha256,
            interpreter,
            tree,
            limits,
            budget,
            cancellationToken
        );
        File.Delete(zip);
        return unpacked;
    }

    private static async Task FetchAsync(WheelSource wheel, string target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = await wheel.OpenAsync(cancellationToken);
        await using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        var buffer = new byte[256 << 10];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) is var found && found != wheel.Sha256)
            throw WheelException.Refused(wheel.FileName, $"its SHA-256 is {found}, where {wheel.Sha256} was resolved.");
    }

    private static List<InstallPath> Modules(UnpackedWheel wheel) =>
        [
            .. wheel
                .Installed.Where(path => path.InRecord.EndsWith(".py"))
                .DistinctBy(path => path.InRecord)
                .OrderBy(path => path.InRecord, StringComparer.Ordinal),
        ];

    private async Task<IReadOnlyList<IReadOnlyList<(string Sha256, long Size)?>>> CompileAsync(
        IReadOnlyList<UnpackedWheel> wheels,
        List<List<InstallPath>> modules,
        BaseInterpreter interpreter,
        string staging,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var all = wheels
            .Zip(modules)
            .SelectMany(pair =>
            {
                var (tree, paths) = (StoredWheel.TreeOf(Folder(staging, pair.First)), pair.Second);
                return paths.Select(path =>
                    (Path.Combine(tree, path.Path), Path.Combine(tree, InstallPaths.Compiled(path.Path, interpreter)))
                );
            });
        var list = all.ToList();
        if (list.Count == 0)
            return [.. modules.Select(_ => (IReadOnlyList<(string, long)?>)[])];
        progress?.Report($"Compiling {list.Count} module(s) …");
        var output = Directory.CreateDirectory(Path.Combine(staging, "compiled")).FullName;
        var compiled = await compiler.CompileAsync(interpreter, staging, list, output, cancellationToken);
        var next = 0;
        return
        [
            .. modules.Select(paths =>
            {
                var start = next;
                next += paths.Count;
                return (IReadOnlyList<(string, long)?>)[.. compiled.Skip(start).Take(paths.Count)];
            }),
        ];
    }

    /// <summary>Adds what an installer adds, and describes the whole.</summary>
    private static void Finish(
        UnpackedWheel wheel,
        IEnumerable<(InstallPath Module, (string Sha256, long Size)? Compiled)> modules,
        BaseInterpreter interpreter,
        string folder
    )
    {
        var manifest = wheel.Manifest;
        var files = manifest.Files.ToDictionary(file => file.Path);
        var rows = wheel.Rows.ToList();
        foreach (var (module, compiled) in modules)
            if (compiled is { } made)
            {
                var path = InstallPaths.Compiled(module.Path, interpreter);
                files[path] = new WheelFile(path, made.Sha256, made.Size, Executable: false, NamesPython: false);
                rows.Add(new RecordRow(InstallPaths.Compiled(module.InRecord, interpreter), "", ""));
            }
        var installer = $"{interpreter.SitePackages}/{manifest.DistInfo}/INSTALLER";
        var digest = SHA256.HashData(Installer);
        NewFile.Write(Path.Combine(StoredWheel.TreeOf(folder), installer), Installer);
        files[installer] = new WheelFile(installer, Convert.ToHexStringLower(digest), Installer.Length, false, false);
        rows.Add(RecordRow.Of($"{manifest.DistInfo}/INSTALLER", digest, Installer.Length));

        var needed = WheelRecord.Write(rows);
        var requested = WheelRecord.Write(
            rows.Append(RecordRow.Of($"{manifest.DistInfo}/REQUESTED", SHA256.HashData([]), 0))
        );
        var stored = new StoredWheel(
            folder,
            manifest with
            {
                Files = [.. files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)],
                TotalBytes = files.Values.Sum(file => file.Size),
                NeededRecordSha256 = Convert.ToHexStringLower(SHA256.HashData(needed)),
                RequestedRecordSha256 = Convert.ToHexStringLower(SHA256.HashData(requested)),
            }
        );
        NewFile.Write(stored.RecordFile(requested: false), needed);
        NewFile.Write(stored.RecordFile(requested: true), requested);
        NewFile.Write(stored.RequestedFile, []);
        stored.WriteManifest();
        stored.WriteSpace();
    }

    private static string Folder(string staging, UnpackedWheel wheel) => Path.Combine(staging, wheel.Manifest.Sha256);
}
