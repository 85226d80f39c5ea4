using System.IO.Compression;
using Verso.Server.Projects.Changes;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Projects.Zips;

/// <summary>Reads a zip that somebody uploaded. Nothing in it is believed: neither paths, nor sizes, nor what it says of files.</summary>
internal sealed class ZipReader(ProjectsOptions options, BlobStore blobs)
{
    // Of the list; what a path may have at most, and what else stands beside it.
    private const int BytesOfEntry = ProjectPath.MostBytes + 256;

    private const int LinkMode = 0xA000;
    private const int TypeMask = 0xF000;

    // Folders and what is left out are among them.
    private int MostEntries => 4 * options.MaxFiles;

    /// <returns>The files, which the caller disposes, or why the zip is refused.</returns>
    public async Task<(IReadOnlyList<FileChange.Write> Files, string? Fault)> ReadAsync(
        string zipPath,
        CancellationToken cancellationToken
    )
    {
        var files = new List<FileChange.Write>();
        string? fault;
        await using var content = File.OpenRead(zipPath);
        await using var file = new MeasuredStream(content, (long)MostEntries * BytesOfEntry);
        try
        {
            await using var zip = await ZipArchive.CreateAsync(
                file,
                ZipArchiveMode.Read,
                leaveOpen: true,
                null,
                cancellationToken
            );
            fault = await ReadAsync(zip, file, files, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            fault = file.IsOver
                ? $"The zip's list of files is too long; a project has {options.MaxFiles} files at most."
                : "This is no zip file that can be read.";
        }
        if (fault is null)
            return (files, null);
        files.ForEach(file => file.Content.Dispose());
        return ([], fault);
    }

    private async Task<string?> ReadAsync(
        ZipArchive zip,
        MeasuredStream file,
        List<FileChange.Write> files,
        CancellationToken cancellationToken
    )
    {
        // Counted before anything else: a list of a million empty files is small in a zip.
        if (zip.Entries.Count > MostEntries)
            return $"The zip has {zip.Entries.Count} entries; a project has {options.MaxFiles} files at most.";
        file.ReadOn();
        var entries = zip.Entries.Where(entry => !IsNoise(entry.FullName)).ToList();
        if (entries.Count > options.MaxFiles)
            return $"The zip has {entries.Count} files; a project has {options.MaxFiles} at most.";
        foreach (var entry in entries)
        {
            if ((entry.ExternalAttributes >> 16 & TypeMask) == LinkMode)
                return $"The zip has a link, '{Plain(entry.FullName)}'; only files are accepted.";
            if (ProjectPath.Fault(entry.FullName) is { } fault)
                return fault;
            if (entry.IsEncrypted)
                return "The zip is encrypted.";
        }
        var prefix = CommonFolder(entries);
        var paths = new HashSet<string>();
        var left = options.MaxProjectBytes;
        foreach (var entry in entries)
        {
            var path = entry.FullName[prefix.Length..];
            if (!paths.Add(path))
                return $"The zip has '{Plain(path)}' twice.";
            await using var content = await entry.OpenAsync(cancellationToken);
            var most = Math.Min(left, options.MaxFileBytes);
            if (await blobs.StageAsync(content, most, cancellationToken) is not { } staged)
                return most < options.MaxFileBytes
                    ? $"Unpacked, the zip has more than {options.MaxProjectMiB} MiB."
                    : $"'{Plain(path)}' has more than {options.MaxFileMiB} MiB.";
            left -= staged.Size;
            files.Add(new FileChange.Write(path, staged));
        }
        return null;
    }

    // Folders, and what macOS puts in beside them.
    private static bool IsNoise(string name) =>
        name.EndsWith('/')
        || name.StartsWith("__MACOSX/", StringComparison.Ordinal)
        || name.EndsWith(".DS_Store", StringComparison.Ordinal);

    // Most programs pack the folder, not what is in it.
    private static string CommonFolder(List<ZipArchiveEntry> entries)
    {
        var first = entries.FirstOrDefault()?.FullName.Split('/')[0] + "/";
        return
            entries.Count > 0 && entries.TrueForAll(entry => entry.FullName.StartsWith(first, StringComparison.Ordinal))
            ? first
            : "";
    }

    private static string Plain(string text) => Compiling.Protocol.RequestCheck.Plain(text);
}
