namespace Verso.Server.Projects;

/// <summary>
/// A file's content from one version of the project up to another. Those without an end are the project as it is, so
/// that reading now and reading a version are one query.
/// </summary>
public sealed class ProjectFile
{
    public long Id { get; init; }

    public required string ProjectId { get; init; }

    public required string Path { get; init; }

    /// <summary>The first version that has it.</summary>
    public required int Since { get; init; }

    /// <summary>The first version that has it no more; null while it is current.</summary>
    public int? Until { get; set; }

    public required string BlobHash { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Whether it can be edited as text.</summary>
    public required bool IsText { get; init; }
}
