namespace Verso.Environments.Modules;

/// <param name="First">The first version of Python that has it.</param>
/// <param name="Last">The last one; null when it is still there.</param>
/// <param name="Instead">What took its place, to end a sentence with.</param>
/// <param name="DebianPackage">What Debian keeps it in, when that is not the interpreter's own package.</param>
public sealed record StandardModule(string Name, Version First, Version? Last, string? Instead, string? DebianPackage)
{
    /// <summary>The first version without it.</summary>
    public Version? Removed => Last is null ? null : new Version(Last.Major, Last.Minor + 1);
}
