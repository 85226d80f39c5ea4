using Verso.Sandboxing;

namespace Verso.Rendering.Execution;

/// <summary>
/// The project as its code may write to it. An ordinary user's sandbox writes to the folder itself, unless that is to
/// stay apart; root's runs as another user, in a copy. Either way nothing is left of a run but folders and regular files.
/// </summary>
internal sealed class WritableProject : IAsyncDisposable
{
    private const UnixFileMode Permissions = ~(UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit);

    private readonly string _project;
    private readonly StagingDirectory? _staging;
    private readonly Dictionary<string, FileStamp> _before = [];
    private readonly PlantedEntries? _planted;

    /// <param name="apart">Whether a run in the sandbox works in a copy in any case.</param>
    public WritableProject(string project, Sandbox sandbox, bool apart = false)
    {
        _project = project;
        if (sandbox.OwnsWhatItWrites || apart && sandbox.IsConfined)
            _staging = StagingDirectory.CreateTemporary();
        else if (sandbox.IsConfined)
            _planted = new PlantedEntries(project);
        if (IsCopy || apart)
            foreach (var (relative, file) in RegularFiles.In(_project))
                if (!IsCopy)
                    _before[relative] = FileStamp.Of(file);
                else if (TryCopy(file, Path.Combine(Root, relative)) is { } copy)
                    _before[relative] = FileStamp.Of(copy);
    }

    public WritableFolder Folder => new(Root, _project);

    /// <summary>Where the files are while the run lasts.</summary>
    public string Root => _staging?.Path ?? _project;

    /// <summary>Whether <see cref="Root"/> is a copy.</summary>
    public bool IsCopy => _staging is not null;

    /// <summary>The files that are there now, relative to the project, with whether the run made or changed them.</summary>
    public IEnumerable<(string Relative, bool Changed)> Files() =>
        from entry in RegularFiles.In(Root)
        where EntryStatus.Of(entry.File.FullName) is { Kind: EntryKind.File }
        select (
            entry.Relative,
            !_before.TryGetValue(entry.Relative, out var stamp) || stamp != FileStamp.Of(entry.File)
        );

    /// <summary>Brings back what the code made or changed.</summary>
    /// <param name="except">What stays behind, by its path relative to the project.</param>
    public void BringBack(Func<string, bool>? except = null)
    {
        if (!IsCopy)
            return;
        foreach (var (relative, changed) in Files())
            if (changed && except?.Invoke(relative) != true)
                RegularFiles.Put(Path.Combine(Root, relative), _project, relative);
    }

    /// <summary>Removes from a folder of the project the files that the run removed from its copy.</summary>
    /// <param name="folder">Relative to the project.</param>
    public void RemoveGone(string folder)
    {
        if (!IsCopy)
            return;
        foreach (var relative in _before.Keys.Where(path => path.StartsWith(folder + '/', StringComparison.Ordinal)))
            if (EntryStatus.Of(Path.Combine(Root, relative)) is null)
                RegularFiles.Delete(_project, relative);
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

    private static FileInfo? TryCopy(FileInfo file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!RegularFile.TryCopy(file.FullName, target))
            return null;
        File.SetUnixFileMode(target, file.UnixFileMode & Permissions);
        File.SetLastWriteTimeUtc(target, file.LastWriteTimeUtc);
        return new FileInfo(target);
    }

    private readonly record struct FileStamp(long Length, DateTime Written)
    {
        public static FileStamp Of(FileInfo file) => new(file.Length, file.LastWriteTimeUtc);
    }
}
