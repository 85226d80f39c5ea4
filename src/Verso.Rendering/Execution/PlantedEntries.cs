using Verso.Sandboxing;

namespace Verso.Rendering.Execution;

/// <summary>
/// What a run put into a project that could harm whoever goes through it afterwards: links, pipes, sockets, devices,
/// set-user-id bits, repositories, folders that cannot be entered or are nested too deeply. What was there before stays.
/// </summary>
internal sealed class PlantedEntries
{
    private const UnixFileMode SpecialBits = UnixFileMode.SetUser | UnixFileMode.SetGroup;
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _project;
    private readonly Dictionary<string, (EntryStatus Status, string? Target)> _before = [];

    public PlantedEntries(string project)
    {
        _project = project;
        foreach (var entry in VersionControl.Around(project))
            if (EntryStatus.Of(entry.FullName) is { } status)
                _before[entry.FullName] = (status, entry.LinkTarget);
    }

    public async Task RemoveAsync()
    {
        var planted = new HashSet<string>();
        foreach (var entry in VersionControl.Around(_project, path => planted.Add(FirstNewFolder(path))))
        {
            if (EntryStatus.Of(entry.FullName) is not { } status)
                continue;
            if (VersionControl.IsNamed(entry.Name) && !_before.ContainsKey(entry.FullName))
            {
                planted.Add(entry.FullName);
                continue;
            }
            var wasThere = _before.TryGetValue(entry.FullName, out var was) && was == (status, entry.LinkTarget);
            if (status.Kind == EntryKind.Folder)
                Open(entry, wasThere);
            else if (!wasThere && status.Kind != EntryKind.File)
                File.Delete(entry.FullName);
            else if (!wasThere && status.RunsAsOwner)
                entry.UnixFileMode &= ~SpecialBits;
        }
        foreach (var path in planted)
            await FolderTree.DeleteAsync(path);
    }

    // Before the walk enters it.
    private static void Open(FileSystemInfo folder, bool wasThere)
    {
        var mode = folder.UnixFileMode;
        var wanted = wasThere ? mode | OwnerAll : (mode | OwnerAll) & ~SpecialBits;
        try
        {
            if (mode != wanted)
                folder.UnixFileMode = wanted;
        }
        catch (UnauthorizedAccessException)
        {
            // Somebody else's, in which the run could do nothing either.
        }
    }

    private string FirstNewFolder(string path)
    {
        var folder = _project;
        foreach (var name in Path.GetRelativePath(_project, path).Split('/'))
        {
            folder = Path.Combine(folder, name);
            if (!_before.ContainsKey(folder))
                break;
        }
        return folder;
    }
}
