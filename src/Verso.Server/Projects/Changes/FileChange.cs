using Verso.Server.Storage.Blobs;

namespace Verso.Server.Projects.Changes;

/// <summary>What becomes of a path.</summary>
/// <param name="IfMatch">Only if the content there has this hash; empty: only if nothing is there; null: in any case.</param>
public abstract record FileChange(string Path, string? IfMatch)
{
    /// <summary>A new content takes the path's place.</summary>
    public sealed record Write(string Path, StagedBlob Content, string? IfMatch = null) : FileChange(Path, IfMatch);

    /// <summary>A content that some project has already does.</summary>
    public sealed record Reuse(string Path, string Hash, long Size, bool IsText) : FileChange(Path, IfMatch: null);

    /// <summary>The content stays, and counts as this author's.</summary>
    public sealed record Accept(string Path, string? IfMatch = null) : FileChange(Path, IfMatch);

    public sealed record Delete(string Path, string? IfMatch = null) : FileChange(Path, IfMatch);

    /// <summary>A file or a folder, with all that is in it, goes elsewhere.</summary>
    public sealed record Move(string Path, string To) : FileChange(Path, IfMatch: null);
}
