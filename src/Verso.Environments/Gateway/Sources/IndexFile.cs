namespace Verso.Environments.Gateway.Sources;

/// <summary>A file as a source names it.</summary>
internal sealed record IndexFile(DistributionName Name, FileOrigin Origin)
{
    /// <summary>In lower-case hexadecimal; null when the source names none.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Of the file; null when the source does not say.</summary>
    public long? Bytes { get; init; }

    public string? RequiresPython { get; init; }

    /// <summary>Why the file was yanked, maybe empty; null when it was not.</summary>
    public string? Yanked { get; init; }

    public DateTimeOffset? UploadTime { get; init; }

    /// <summary>Of the file's metadata (PEP 658); null when it is not to be had by itself, or has no hash.</summary>
    public string? MetadataSha256 { get; init; }
}

/// <summary>Where a file's content is.</summary>
internal abstract record FileOrigin
{
    public sealed record Local(string Path, string Wheelhouse) : FileOrigin;

    public sealed record Remote(Uri Address) : FileOrigin;
}
