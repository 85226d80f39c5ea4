namespace Verso.Environments.Wheels;

/// <summary>What a stored wheel is and holds, so that its zip is never opened again.</summary>
/// <param name="Name">As its metadata spells it.</param>
/// <param name="Modules">
/// What can be imported: top-level modules and packages, and below folders without an <c>__init__</c> the first ones that
/// have code (<c>google.cloud.storage</c>). Found by its files, not by what it claims.
/// </param>
/// <param name="Files">Compiled modules included.</param>
internal sealed record WheelManifest(
    string FileName,
    string Sha256,
    string Name,
    string Version,
    IReadOnlyList<EntryPoint> EntryPoints,
    IReadOnlyList<string> Modules,
    string DistInfo,
    long TotalBytes,
    IReadOnlyList<WheelFile> Files
)
{
    /// <summary>Of the RECORD of a package that something else needs.</summary>
    public string NeededRecordSha256 { get; init; } = "";

    /// <summary>Of the RECORD of a package that was asked for.</summary>
    public string RequestedRecordSha256 { get; init; } = "";

    public string RecordSha256(bool requested) => requested ? RequestedRecordSha256 : NeededRecordSha256;
}

/// <summary>A file of a wheel where an environment has it.</summary>
/// <param name="Path">Inside the environment, such as <c>lib/python3.11/site-packages/rich/text.py</c>.</param>
/// <param name="NamesPython">A script whose first line becomes the environment's Python.</param>
internal sealed record WheelFile(string Path, string Sha256, long Size, bool Executable, bool NamesPython);
