namespace Verso.Environments.Wheels;

internal enum DifferenceKind
{
    /// <summary>There, with other content or as something else than a file.</summary>
    Changed,
    Missing,

    /// <summary>Nothing put it there.</summary>
    Extra,
}

/// <param name="Path">Inside the environment.</param>
/// <param name="Wheel">The file name of the wheel whose file it is; null for what is not a wheel's.</param>
internal sealed record EnvironmentDifference(string Path, DifferenceKind Kind, string? Wheel);
