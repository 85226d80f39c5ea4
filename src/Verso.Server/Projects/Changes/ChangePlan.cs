using Verso.Server.Compiling.Protocol;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;

namespace Verso.Server.Projects.Changes;

/// <summary>What a project's files are to be, worked out from what they are.</summary>
internal sealed class ChangePlan(IReadOnlyList<ProjectFile> current)
{
    private readonly Dictionary<string, ProjectFile> _before = current.ToDictionary(file => file.Path);
    private readonly Dictionary<string, Content> _after = current.ToDictionary(
        file => file.Path,
        file => new Content(file.BlobHash, file.Size, file.IsText, null)
    );

    private readonly HashSet<string> _accepted = [];

    public bool IsEmpty => !Changed.Any();

    public bool TouchesRequirements => Changed.Any(ProjectPath.IsRequirements);

    public IEnumerable<StagedBlob> NewContents =>
        Changed
            .Select(path => _after.GetValueOrDefault(path)?.Staged)
            .Where(staged => staged is not null)
            .Select(staged => staged!);

    /// <summary>Of other versions or projects: nothing has kept them since they were looked up.</summary>
    public IEnumerable<string> ReusedContents =>
        Changed
            .Select(path => _after.GetValueOrDefault(path))
            .Where(content => content is { Staged: null })
            .Select(content => content!.Hash)
            .Except(_before.Values.Select(file => file.BlobHash));

    /// <summary>What changed paths will have: sizes by hash.</summary>
    public IReadOnlyDictionary<string, long> Contents =>
        Changed
            .Where(_after.ContainsKey)
            .Select(path => _after[path])
            .DistinctBy(content => content.Hash)
            .ToDictionary(content => content.Hash, content => content.Size);

    private IEnumerable<string> Changed =>
        _before
            .Keys.Union(_after.Keys)
            .Where(path =>
                _before.GetValueOrDefault(path)?.BlobHash != _after.GetValueOrDefault(path)?.Hash
                || _accepted.Contains(path)
            );

    /// <returns>Why nothing is to be changed, or null.</returns>
    public ChangeOutcome? Apply(ChangeSet changes)
    {
        if (changes.ReplacesAll)
            _after.Clear();
        foreach (var change in changes.Changes)
        {
            if (ProjectPath.Fault(change.Path) is { } fault)
                return new ChangeOutcome.Refused(fault);
            if (Conflict(change) is { } conflict)
                return conflict;
            if (Apply(change) is { } refusal)
                return refusal;
        }
        return null;
    }

    public void KeepRequirements()
    {
        foreach (var path in _before.Keys.Union(_after.Keys).Where(ProjectPath.IsRequirements).ToList())
            if (_before.TryGetValue(path, out var file))
                _after[path] = new Content(file.BlobHash, file.Size, file.IsText, null);
            else
                _after.Remove(path);
    }

    /// <summary>What is wrong with the files as they would be, as a sentence.</summary>
    public string? Fault(ProjectsOptions options)
    {
        if (_after.Count > options.MaxFiles && _after.Count > _before.Count)
            return $"The project would have {_after.Count} files; at most {options.MaxFiles} are allowed.";
        var bytes = _after.Values.Sum(content => content.Size);
        if (bytes > options.MaxProjectBytes && bytes > _before.Values.Sum(file => file.Size))
            return $"The project would have {bytes >> 20} MiB; at most {options.MaxProjectMiB} are allowed.";
        return
            Changed
                .Where(_after.ContainsKey)
                .SelectMany(ProjectPath.Folders)
                .Concat(
                    Changed.Where(path =>
                        _after.Keys.Any(other => other.StartsWith(path + "/", StringComparison.Ordinal))
                    )
                )
                .FirstOrDefault(_after.ContainsKey)
                is { } both
            ? $"'{RequestCheck.Plain(both)}' would be both a file and a folder."
            : null;
    }

    /// <param name="version">The first that has the files as they will be.</param>
    public void Record(WorkspaceContext context, string projectId, int version)
    {
        foreach (var path in Changed.ToList())
        {
            if (_before.TryGetValue(path, out var file))
                file.Until = version;
            if (_after.TryGetValue(path, out var content))
                context.Add(
                    new ProjectFile
                    {
                        ProjectId = projectId,
                        Path = path,
                        Since = version,
                        BlobHash = content.Hash,
                        Size = content.Size,
                        IsText = content.IsText,
                    }
                );
        }
    }

    private ChangeOutcome.Conflict? Conflict(FileChange change)
    {
        if (change.IfMatch is not { } expected)
            return null;
        var there = _before.GetValueOrDefault(change.Path);
        return (there?.BlobHash ?? "") == expected ? null : new ChangeOutcome.Conflict(change.Path, there);
    }

    private ChangeOutcome? Apply(FileChange change)
    {
        switch (change)
        {
            case FileChange.Write(var path, var content, _):
                _after[path] = new Content(
                    content.Hash,
                    content.Size,
                    TextFiles.Includes(path, content.Size, content.LooksLikeText),
                    content
                );
                return null;
            case FileChange.Reuse(var path, var hash, var size, var isText):
                _after[path] = new Content(hash, size, isText, null);
                return null;
            case FileChange.Accept(var path, _):
                return _after.ContainsKey(path) && _accepted.Add(path) ? null : Missing(path);
            case FileChange.Move(var from, var to):
                return Move(from, to);
            default:
                var gone = Within(change.Path);
                gone.ForEach(path => _after.Remove(path));
                return gone.Count > 0 ? null : Missing(change.Path);
        }
    }

    private ChangeOutcome? Move(string from, string to)
    {
        if (ProjectPath.Fault(to) is { } fault)
            return new ChangeOutcome.Refused(fault);
        if (to == from || to.StartsWith(from + "/", StringComparison.Ordinal))
            return new ChangeOutcome.Refused($"'{RequestCheck.Plain(from)}' cannot be moved into itself.");
        if (Within(to).Count > 0)
            return new ChangeOutcome.Refused($"There is a '{RequestCheck.Plain(to)}' already.");
        var moved = Within(from);
        if (moved.Count == 0)
            return Missing(from);
        foreach (var path in moved)
        {
            var target = to + path[from.Length..];
            if (ProjectPath.Fault(target) is { } tooLong)
                return new ChangeOutcome.Refused(tooLong);
            _after.Remove(path, out var content);
            _after[target] = content!;
        }
        return null;
    }

    private List<string> Within(string path) =>
        [.. _after.Keys.Where(other => other == path || other.StartsWith(path + "/", StringComparison.Ordinal))];

    private static ChangeOutcome.NotFound Missing(string path) =>
        new($"There is no file '{RequestCheck.Plain(path)}' in the project.");

    private sealed record Content(string Hash, long Size, bool IsText, StagedBlob? Staged);
}
