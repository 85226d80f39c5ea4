using System.IO.Compression;
using Microsoft.AspNetCore.StaticFiles;
using Verso.Rendering;
using Verso.Sandboxing;
using Verso.Server.Compiling.Disk;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Compiling.Sync;

namespace Verso.Server.Compiling.Builds;

/// <summary>The outputs of each target's last builds.</summary>
internal sealed class BuildFiles(CompileLayout layout, TimeProvider time)
{
    public const string ZipName = "output.zip";

    private const int Kept = 3;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(90);
    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Makes a finished build visible, whole, and removes those that are too many.</summary>
    /// <param name="finished">A folder of this volume; it is the build from now on.</param>
    /// <param name="kindOf">By path, relative to the build.</param>
    public async Task<IReadOnlyList<OutputFile>> PublishAsync(
        CompileTarget target,
        string buildId,
        string finished,
        Func<string, OutputKind> kindOf
    )
    {
        var folders = layout.Of(target.Name);
        Directory.CreateDirectory(folders.Builds);
        Directory.SetLastWriteTimeUtc(finished, time.GetUtcNow().UtcDateTime);
        Directory.Move(finished, Path.Combine(folders.Builds, buildId));
        await PruneAsync(folders);
        return
        [
            .. Files(Path.Combine(folders.Builds, buildId))
                .Select(file => new OutputFile(
                    $"{target.Address}/build/{buildId}/output/{OutputFile.Escape(file.Relative)}",
                    file.Relative,
                    Path.GetExtension(file.Relative).TrimStart('.').ToLowerInvariant(),
                    buildId,
                    file.Length,
                    kindOf(file.Relative)
                )),
        ];
    }

    /// <summary>Removes builds that are too many or too old.</summary>
    public async Task PruneAsync(TargetFolders folders)
    {
        if (!Directory.Exists(folders.Builds))
            return;
        var oldest = time.GetUtcNow().UtcDateTime - KeptFor;
        await using var trash = new Trash(layout);
        var builds = new DirectoryInfo(folders.Builds)
            .GetDirectories()
            .OrderByDescending(build => build.LastWriteTimeUtc);
        foreach (var (index, build) in builds.Index())
            if (index >= Kept || build.LastWriteTimeUtc < oldest)
                await trash.TakeAsync(build.FullName);
    }

    public bool Exists(CompileTarget target, string buildId) =>
        Directory.Exists(Path.Combine(layout.Of(target.Name).Builds, buildId));

    /// <returns>Null when there is no such build or file.</returns>
    public async Task<OutputContent?> OpenAsync(
        CompileTarget target,
        string buildId,
        string path,
        CancellationToken cancellationToken
    )
    {
        if (ResourcePath.Fault(buildId) is not null || ResourcePath.Fault(path) is not null || buildId.Contains('/'))
            return null;
        var folder = Path.Combine(layout.Of(target.Name).Builds, buildId);
        if (!Directory.Exists(folder))
            return null;
        try
        {
            if (path == ZipName)
                return new OutputContent(await ZipAsync(folder, cancellationToken), "application/zip");
            using var build = FolderHandle.Open(folder);
            return build.TryReadAt(path) is { } file ? new OutputContent(file, TypeOf(path)) : null;
        }
        catch (IOException) when (!Directory.Exists(folder))
        {
            return null; // removed meanwhile
        }
    }

    private async Task<FileStream> ZipAsync(string folder, CancellationToken cancellationToken)
    {
        var zip = new FileStream(
            layout.NewStaging(),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
        try
        {
            await using (
                var archive = await ZipArchive.CreateAsync(
                    zip,
                    ZipArchiveMode.Create,
                    leaveOpen: true,
                    entryNameEncoding: null,
                    cancellationToken
                )
            )
                foreach (var file in Files(folder))
                    await archive.CreateEntryFromFileAsync(
                        Path.Combine(folder, file.Relative),
                        file.Relative,
                        CompressionLevel.Fastest,
                        cancellationToken
                    );
            zip.Position = 0;
            return zip;
        }
        catch
        {
            await zip.DisposeAsync();
            throw;
        }
    }

    private static IEnumerable<(string Relative, long Length)> Files(string build) =>
        FolderTree
            .Entries(build)
            .OfType<FileInfo>()
            .Where(file => file.LinkTarget is null)
            .Select(file => (Path.GetRelativePath(build, file.FullName), file.Length))
            .OrderBy(file => file.Item1, StringComparer.Ordinal);

    private static string TypeOf(string path) =>
        Path.GetExtension(path) == ".log" ? "text/plain; charset=utf-8"
        : !Types.TryGetContentType(path, out var type) ? "application/octet-stream"
        : type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8"
        : type;
}
