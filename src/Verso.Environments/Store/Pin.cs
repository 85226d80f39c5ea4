namespace Verso.Environments.Store;

/// <summary>One package of a resolution.</summary>
/// <param name="Name">As its metadata spells it.</param>
/// <param name="Sha256">Of its wheel, in lower-case hexadecimal.</param>
/// <param name="Requested">Named in the requirements, not only needed by something that is.</param>
public sealed record Pin(string Name, string Version, string Sha256, bool Requested);
