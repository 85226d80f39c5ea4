using System.Text;
using Verso.Server.Compiling.Disk;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Compiling.Resources;

namespace Verso.Server.Compiling.Sync;

/// <summary>
/// Brings a project's folder to what the client has. A file that is still as it was written is not written again; one that
/// a document's code has changed since is, so that no render is fed what another one made of the project.
/// </summary>
internal sealed class ProjectSync(ResourceCache cache, CompileLayout layout)
{
    private const int Downloads = 8;

    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task<SyncOutcome> SyncAsync(
        TargetFolders folders,
        CompileRequest request,
        CancellationToken cancellationToken
    )
    {
        var options = request.Wanted;
        var loaded = TargetState.TryLoad(folders.State);
        var state = loaded ?? TargetState.Empty;
        var isIncremental = options.SyncType == SyncType.Incremental;
        if (isIncremental && state.SyncState != options.SyncState)
            return new SyncOutcome.Conflict("The files here are of another state; a full sync is needed.");

        var given = request.Files.ToDictionary(resource => resource.Path);
        string[] paths = isIncremental ? [.. state.Files.Keys.Union(given.Keys)] : [.. given.Keys];
        Directory.CreateDirectory(folders.Project);
        // Whoever is killed from here on leaves a folder that only a full sync can follow.
        (state with { SyncState = null }).Save(folders.State);
        await using (var trash = new Trash(layout))
            await new Leftovers(paths, keepCaches: true).RemoveAsync(folders.Project, trash);

        using var project = FolderHandle.Open(folders.Project);
        foreach (var path in paths)
            if (!given.ContainsKey(path) && !IsAsWritten(project, path, state.Files[path]))
                return new SyncOutcome.Conflict($"The file '{path}' is gone or was changed; a full sync is needed.");
        var files = paths.Where(state.Files.ContainsKey).ToDictionary(path => path, path => state.Files[path]);
        var missing = given.Values.Where(resource => !IsThere(project, resource, files)).ToList();
        SyncOutcome.Failed? failed = null;
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = Downloads, CancellationToken = cancellationToken },
            async (resource, token) =>
            {
                var written = await WriteAsync(project, resource, token);
                lock (files)
                {
                    if (written.File is { } file)
                        files[resource.Path] = file;
                    failed ??= written.Failed;
                }
            }
        );
        if (failed is not null)
            return failed;
        new TargetState(options.SyncState, state.CacheKey, files).Save(folders.State);
        return new SyncOutcome.Synced(paths, IsInitial: loaded is null);
    }

    private async Task<(SyncedFile? File, SyncOutcome.Failed? Failed)> WriteAsync(
        FolderHandle project,
        Resource resource,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var content =
                resource.Content is { } text ? new MemoryStream(Encoding.UTF8.GetBytes(text))
                : resource.LocalPath is { } local ? File.OpenRead(local)
                : await cache.OpenAsync(resource, cancellationToken);
            var stamp = await InFolderAsync(
                project,
                resource.Path.Split('/'),
                (folder, name) => folder.WriteAsync(name, content, cancellationToken)
            );
            return (new SyncedFile(ResourceIdentity.Of(resource), stamp), null);
        }
        catch (ResourceException e)
        {
            return (null, new SyncOutcome.Failed(resource.Path, e.Message));
        }
    }

    private static async Task<FileStamp> InFolderAsync(
        FolderHandle folder,
        ReadOnlyMemory<string> path,
        Func<FolderHandle, string, Task<FileStamp>> work
    )
    {
        if (path.Length == 1)
            return await work(folder, path.Span[0]);
        using var next = folder.Make(path.Span[0]);
        return await InFolderAsync(next, path[1..], work);
    }

    private static bool IsThere(FolderHandle project, Resource resource, Dictionary<string, SyncedFile> files) =>
        files.TryGetValue(resource.Path, out var file)
        && file.Identity is { } identity
        && identity == ResourceIdentity.Of(resource)
        && IsAsWritten(project, resource.Path, file);

    private static bool IsAsWritten(FolderHandle project, string path, SyncedFile file)
    {
        using var content = project.TryReadAt(path);
        return content is not null && FileStamp.Of(content.SafeFileHandle) == file.Stamp;
    }
}
