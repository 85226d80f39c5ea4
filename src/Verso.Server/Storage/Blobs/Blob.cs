namespace Verso.Server.Storage.Blobs;

/// <summary>A content that stands in the folder of blobs under its hash. Whatever refers to it keeps it.</summary>
public sealed class Blob
{
    /// <summary>SHA-256 of the content.</summary>
    public required string Hash { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When it was put last; what is younger than the grace time is not removed.</summary>
    public required DateTimeOffset PutAt { get; init; }
}
