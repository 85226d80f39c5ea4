using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
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
    private readonly Dictionary<string, (FileStamp Original, FileStamp Here)> _before = [];
    private PlantedEntries? _planted;

    private WritableProject(string project, StagingDirectory? staging) => (_project, _staging) = (project, staging);

    public WritableFolder Folder => new(Root, _project);

    /// <summary>What of it can only be read.</summary>
    public IReadOnlyList<string> ReadOnly { get; private init; } = [];

    /// <summary>Where the files are while the run lasts.</summary>
    public string Root => _staging?.Path ?? _project;

    /// <summary>Whether <see cref="Root"/> is a copy.</summary>
    public bool IsCopy => _staging is not null;

    /// <param name="apart">Whether a run in the sandbox works in a copy in any case.</param>
    /// <exception cref="DocumentException">The project is too large to be copied.</exception>
    public static async Task<WritableProject> CreateAsync(
        string project,
        Sandbox sandbox,
        CancellationToken cancellationToken,
        bool apart = false
    )
    {
        var isCopied = sandbox.OwnsWhatItWrites || apart && sandbox.IsConfined;
        var made = new WritableProject(project, isCopied ? StagingDirectory.CreateTemporary() : null)
        {
            ReadOnly = sandbox.IsConfined ? VersionControl.In(project) : [],
        };
        try
        {
            if (isCopied)
                made.Copy(new CopyLimit(), cancellationToken);
            else if (sandbox.IsConfined)
                made._planted = new PlantedEntries(project);
            else if (apart)
                foreach (var (relative, file) in RegularFiles.In(project))
                    made._before[relative] = (FileStamp.Of(file), FileStamp.Of(file));
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>The files that are there now, relative to the project, with whether the run made or changed them.</summary>
    public IEnumerable<(string Relative, bool Changed)> Files() =>
        from entry in RegularFiles.In(Root)
        where !VersionControl.Holds(entry.Relative)
        where EntryStatus.Of(entry.File.FullName) is { Kind: EntryKind.File }
        select (
            entry.Relative,
            !_before.TryGetValue(entry.Relative, out var stamps) || stamps.Here != FileStamp.Of(entry.File)
        );

    /// <summary>Brings back what the code made or changed.</summary>
    /// <param name="except">What stays behind, by its path relative to the project.</param>
    /// <returns>What to say of what was left alone, for somebody else has changed it meanwhile.</returns>
    public IReadOnlyList<LogEntry> BringBack(Func<string, bool>? except = null)
    {
        var leftAlone = new List<LogEntry>();
        if (!IsCopy)
            return leftAlone;
        foreach (var (relative, changed) in Files())
            if (!changed || except?.Invoke(relative) == true)
                continue;
            else if (IsAsCopied(relative))
                RegularFiles.Put(Path.Combine(Root, relative), _project, relative);
            else
                leftAlone.Add(
                    new LogEntry(
                        EntryLevel.Warning,
                        "The documents' code wrote this file, but somebody else has changed it meanwhile; it was left as it is now.",
                        File: relative
                    )
                );
        return leftAlone;
    }

    /// <summary>The files of a folder that the run removed from its copy.</summary>
    /// <param name="folder">Relative to the project, as they are.</param>
    public IReadOnlyList<string> Gone(string folder) =>
        !IsCopy
            ? []
            :
            [
                .. _before.Keys.Where(path =>
                    path.StartsWith(folder + '/', StringComparison.Ordinal)
                    && EntryStatus.Of(Path.Combine(Root, path)) is null
                    && IsAsCopied(path)
                ),
            ];

    // However the run ended.
    public async ValueTask DisposeAsync()
    {
        if (_planted is not null)
            await _planted.RemoveAsync();
        using var staging = _staging;
        if (staging is not null)
            await FolderTree.DeleteAsync(staging.Path);
    }

    private void Copy(CopyLimit limit, CancellationToken cancellationToken)
    {
        foreach (var entry in VersionControl.Around(_project))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || VersionControl.IsNamed(entry.Name))
                continue;
            limit.Add(entry);
            var relative = Path.GetRelativePath(_project, entry.FullName);
            var target = Path.Combine(Root, relative);
            if (entry is not FileInfo file)
                Directory.CreateDirectory(target);
            else if (file.Exists && FileStamp.Of(file) is var original && TryCopy(file, target))
                _before[relative] = (original, FileStamp.Of(new FileInfo(target)));
        }
    }

    private static bool TryCopy(FileInfo file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!RegularFile.TryCopy(file.FullName, target))
            return false;
        File.SetUnixFileMode(target, file.UnixFileMode & Permissions);
        File.SetLastWriteTimeUtc(target, file.LastWriteTimeUtc);
        return true;
    }

    private bool IsAsCopied(string relative)
    {
        var now = new FileInfo(Path.Combine(_project, relative));
        return _before.TryGetValue(relative, out var stamps)
            ? now.Exists && FileStamp.Of(now) == stamps.Original
            : !now.Exists;
    }

    private readonly record struct FileStamp(long Length, DateTime Written)
    {
        public static FileStamp Of(FileInfo file) => new(file.Length, file.LastWriteTimeUtc);
    }
}
