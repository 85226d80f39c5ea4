namespace Verso.Server.Builds;

/// <summary>A compile, export or publish that ended with outputs, which are kept as blobs.</summary>
public sealed class Build
{
    /// <summary>The compile service's id of it.</summary>
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required BuildKind Kind { get; init; }

    /// <summary>Null for somebody who was not signed in, or whose account is gone.</summary>
    public string? AccountId { get; set; }

    /// <summary>The project's version that was compiled.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The document that came out, among the files; null when none did.</summary>
    public string? MainPath { get; init; }

    /// <summary>The compile service's answer as JSON, without its files.</summary>
    public required string ResultJson { get; init; }
}
