namespace Verso.Server.Python;

/// <summary>What a project's requirements resolved to: it keeps that until its lines change or somebody refreshes it.</summary>
public sealed class StoredResolution
{
    public required string ProjectId { get; init; }

    /// <summary>A <see cref="Environments.Resolving.Resolution"/> as JSON.</summary>
    public required string Json { get; set; }

    public required DateTimeOffset ResolvedAt { get; set; }
}
