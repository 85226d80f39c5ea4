namespace Verso.Server.Publishing;

/// <summary>A project's public page. Which build it shows changes in one step; builds themselves never change.</summary>
public sealed class Publication
{
    public required string ProjectId { get; init; }

    public required string Slug { get; init; }

    public required string BuildId { get; set; }

    public required DateTimeOffset PublishedAt { get; set; }

    public string? PublishedById { get; set; }
}
