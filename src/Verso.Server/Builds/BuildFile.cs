namespace Verso.Server.Builds;

/// <summary>An output of a build.</summary>
public sealed class BuildFile
{
    public required string BuildId { get; init; }

    public required string Path { get; init; }

    public required string BlobHash { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }
}
