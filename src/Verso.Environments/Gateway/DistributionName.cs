using Verso.Environments.Requirements;
using Verso.Environments.Wheels;

namespace Verso.Environments.Gateway;

/// <summary>What the name of a wheel or of a source distribution says.</summary>
/// <param name="Project">Normalised.</param>
internal sealed record DistributionName(string FileName, string Project, string Version, bool IsWheel)
{
    private const int LongestFileName = 255;

    /// <returns>Null when the name is none that a distribution of this project can have.</returns>
    /// <param name="project">Normalised. A source distribution's name does not tell by itself where the version begins.</param>
    public static DistributionName? TryParse(string fileName, string project) =>
        fileName.Length > LongestFileName ? null
        : fileName.EndsWith(".whl")
            ? TryParseWheel(fileName) is { } wheel && wheel.Project == project ? wheel
                : null
        : TryParseSource(fileName, project);

    /// <summary>The normalised names of every project that a file may belong to, source distributions included.</summary>
    public static IEnumerable<string> ProjectsOf(string fileName) =>
        fileName.EndsWith(".whl")
            ? TryParseWheel(fileName) is { } wheel
                ? [wheel.Project]
                : []
            : SourceStem(fileName) is { } stem
                ? Splits(stem)
                    .Where(split => PackageName.IsValid(split.Name) && PackageVersion.IsValid(split.Version))
                    .Select(split => PackageName.Normalize(split.Name))
                : [];

    private static DistributionName? TryParseWheel(string fileName) =>
        WheelFileName.TryParse(fileName) is { } wheel && PackageName.IsValid(wheel.Name)
            ? new DistributionName(fileName, PackageName.Normalize(wheel.Name), wheel.Version, IsWheel: true)
            : null;

    private static DistributionName? TryParseSource(string fileName, string project) =>
        SourceStem(fileName) is { } stem
        && Splits(stem)
            .FirstOrDefault(split =>
                PackageName.Normalize(split.Name) == project && PackageVersion.IsValid(split.Version)
            )
            is { Version: { } version }
            ? new DistributionName(fileName, project, version, IsWheel: false)
            : null;

    private static string? SourceStem(string fileName) =>
        fileName.EndsWith(".tar.gz") ? fileName[..^".tar.gz".Length]
        : fileName.EndsWith(".zip") ? fileName[..^".zip".Length]
        : null;

    private static IEnumerable<(string Name, string Version)> Splits(string stem)
    {
        for (var dash = stem.IndexOf('-'); dash >= 0; dash = stem.IndexOf('-', dash + 1))
            yield return (stem[..dash], stem[(dash + 1)..]);
    }
}
