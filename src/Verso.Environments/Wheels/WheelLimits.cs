namespace Verso.Environments.Wheels;

/// <summary>What one wheel may unpack to. Counted while unpacking: what its headers say is its author's word.</summary>
internal sealed record WheelLimits
{
    public int Entries { get; init; } = 100_000;

    /// <summary>Bytes of one file.</summary>
    public long FileBytes { get; init; } = 4L << 30;

    /// <summary>Bytes of all files.</summary>
    public long TotalBytes { get; init; } = 8L << 30;

    /// <summary>MiB of all wheels that one build unpacks; <see cref="EnvironmentsOptions.MaxInstalledMiB"/>.</summary>
    public int BuildMiB { get; init; } = 8192;

    /// <summary>Files of all wheels that one build unpacks; <see cref="EnvironmentsOptions.MaxInstalledFiles"/>.</summary>
    public int BuildFiles { get; init; } = 250_000;

    /// <summary>Programs that are made for it in every environment.</summary>
    public int Commands { get; init; } = 1_000;

    /// <summary>Bytes of a path inside the environment.</summary>
    public int PathBytes { get; init; } = 512;

    /// <summary>Bytes of a file that describes the wheel, read into memory.</summary>
    public int MetadataBytes { get; init; } = 32 << 20;

    /// <summary>Bytes of the zip's directory, read into memory: what a hundred thousand entries need.</summary>
    public long DirectoryBytes { get; init; } = 16L << 20;
}
