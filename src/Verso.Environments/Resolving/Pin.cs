namespace Verso.Environments.Resolving;

/// <summary>One package of a resolution: the very file that is installed.</summary>
/// <param name="Name">As its metadata spells it.</param>
/// <param name="FileName">Of its wheel.</param>
/// <param name="Sha256">Of its wheel, in lower-case hexadecimal.</param>
/// <param name="Bytes">Of its wheel; null where the index does not say.</param>
/// <param name="Requested">Named in the requirements, not only needed by something that is.</param>
/// <param name="RequiredBy">Which packages of the same resolution need it, as their metadata spells them, sorted.</param>
public sealed record Pin(
    string Name,
    string Version,
    string FileName,
    string Sha256,
    long? Bytes,
    bool Requested,
    IReadOnlyList<string> RequiredBy
);
