namespace Verso.Server.Projects;

public sealed class Project
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The number of its latest version; every change adds one.</summary>
    public int Version { get; set; }

    /// <summary>The document that is compiled; null for the one that the compile service chooses.</summary>
    public string? RootPath { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Removed for good a while after this.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
