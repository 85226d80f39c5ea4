using Verso.Environments.Requirements;
using Verso.Sandboxing;
using Verso.Server.Compiling.Sync;

namespace Verso.Server.Compiling.Rendering;

/// <summary>
/// A project's requirements as its client gave them. A document's code can write to the project, so before each further
/// render of a compile they are put back: what is installed is never what a document asked for.
/// </summary>
internal sealed class GivenRequirements
{
    private readonly string _project;
    private readonly byte[]? _content;
    private FileStamp? _stamp;

    private GivenRequirements(string project, byte[]? content, FileStamp? stamp) =>
        (_project, _content, _stamp) = (project, content, stamp);

    /// <summary>To be called before any of the project's code runs.</summary>
    public static GivenRequirements Of(string project)
    {
        using var folder = FolderHandle.Open(project);
        using var file = folder.TryRead(RequirementsFile.Name);
        if (file is null)
            return new GivenRequirements(project, null, null);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return new GivenRequirements(project, content.ToArray(), FileStamp.Of(file.SafeFileHandle));
    }

    /// <exception cref="IOException">They cannot be put back; nothing may be rendered then.</exception>
    public async Task PutBackAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(_project, RequirementsFile.Name);
        if (StampOf(_project) == _stamp && (_stamp is not null || EntryStatus.Of(path) is null))
            return;
        await FolderTree.DeleteAsync(path); // a link or a folder, if that is what stands there
        if (_content is null)
            return;
        using var folder = FolderHandle.Open(_project);
        _stamp = await folder.WriteAsync(RequirementsFile.Name, new MemoryStream(_content), cancellationToken);
    }

    private static FileStamp? StampOf(string project)
    {
        using var folder = FolderHandle.Open(project);
        using var file = folder.TryRead(RequirementsFile.Name);
        return file is null ? null : FileStamp.Of(file.SafeFileHandle);
    }
}
