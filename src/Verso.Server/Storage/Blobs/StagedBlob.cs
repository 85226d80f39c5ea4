namespace Verso.Server.Storage.Blobs;

/// <summary>A content that is on the disk, but not in its place yet.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="LooksLikeText">It is UTF-8 without control characters.</param>
public sealed record StagedBlob(string Path, string Hash, long Size, bool LooksLikeText) : IDisposable
{
    public void Dispose() => File.Delete(Path);
}
