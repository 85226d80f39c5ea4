using Verso.Sandboxing;

namespace Verso.Rendering.Execution;

/// <summary>
/// The project as its cells may write to it. An ordinary user's sandbox writes to the folder itself; root's runs as
/// another user, in a copy. Either way nothing is left of a run but folders and regular files.
/// </summary>
internal sealed class WritableProject : IAsyncDisposable
{
    private const UnixFileMode Permissions = ~(UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit);

    private readonly string _project;
    private readonly StagingDirectory? _staging;
    private readonly Dictionary<string, FileStamp> _before = [];
    private readonly PlantedEntries? _planted;

    public WritableProject(string project, Sandbox sandbox)
    {
        _project = project;
        if (!sandbox.OwnsWhatItWrites)
        {
            _planted = sandbox.IsConfined ? new PlantedEntries(project) : null;
            return;
        }
        _staging = StagingDirectory.CreateTemporary();
        foreach (var (relative, file) in RegularFiles.In(_project))
        {
            var target = Path.Combine(_staging.Path, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!RegularFile.TryCopy(file.FullName, target))
                continue;
            File.SetUnixFileMode(target, file.UnixFileMode & Permissions);
            File.SetLastWriteTimeUtc(target, file.LastWriteTimeUtc);
            _before[relative] = FileStamp.Of(new FileInfo(target));
        }
    }

    public WritableFolder Folder => new(_staging?.Path ?? _project, _project);

    /// <summary>Brings back what the cells made or changed.</summary>
    public void BringBack()
    {
        if (_staging is null)
            return;
        foreach (var (relative, file) in RegularFiles.In(_staging.Path))
            if (!_before.TryGetValue(relative, out var stamp) || stamp != FileStamp.Of(file))
                RegularFiles.Put(file.FullName, _project, relative);
    }

    // However the run ended.
    public async ValueTask DisposeAsync()
    {
        if (_planted is not null)
            await _planted.RemoveAsync();
        using var staging = _staging;
        if (staging is not null)
            await FolderTree.DeleteAsync(staging.Path);
    }

    private readonly record struct FileStamp(long Length, DateTime Written)
    {
        public static FileStamp Of(FileInfo file) => new(file.Length, file.LastWriteTimeUtc);
    }
}
