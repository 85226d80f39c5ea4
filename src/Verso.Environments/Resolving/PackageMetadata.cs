using System.Text;
using Verso.Environments.Gateway;
using Verso.Environments.Requirements;
using Verso.Environments.Wheels;

namespace Verso.Environments.Resolving;

/// <summary>What a wheel's METADATA says to whoever resolves.</summary>
internal sealed record PackageMetadata(
    string Name,
    string Version,
    PlainSpecifiers RequiresPython,
    IReadOnlyList<Requirement> Requires,
    IReadOnlyList<string> Extras
)
{
    private const int MostRequirements = 1000;

    /// <exception cref="OnlyPipCanTellException">It is another distribution's, or odd.</exception>
    public static PackageMetadata Read(byte[] bytes, DistributionName file)
    {
        var text = Encoding.UTF8.GetString(bytes);
        string[] header = [.. text.ReplaceLineEndings("\n").Split('\n').TakeWhile(line => line.Length > 0)];
        if (
            WheelMetadataText.Fields(text, "Name").ToList() is not [var name]
            || WheelMetadataText.Fields(text, "Version").ToList() is not [var version]
            || WheelMetadataText.Fields(text, "Requires-Python").ToList() is not { Count: <= 1 } python
            || PackageName.Normalize(name) != file.Project
            || PackageVersion.Normalize(version) != PackageVersion.Normalize(file.Version)
            || IsFolded(header)
            || WheelMetadataText.Fields(text, "Requires-Dist").Skip(MostRequirements).Any()
        )
            throw new OnlyPipCanTellException();
        return new PackageMetadata(
            name,
            version,
            PlainSpecifiers.OfList(python.FirstOrDefault()),
            ParseRequirements(WheelMetadataText.Fields(text, "Requires-Dist")),
            [.. WheelMetadataText.Fields(text, "Provides-Extra")]
        );
    }

    /// <exception cref="OnlyPipCanTellException">One is not plain.</exception>
    public static IReadOnlyList<Requirement> ParseRequirements(IEnumerable<string> lines)
    {
        try
        {
            return
            [
                .. lines.Select(line =>
                    line.Length > 0 && RequirementLine.Refusal(line) is null
                        ? RequirementLine.Parse(0, line)
                        : throw new OnlyPipCanTellException()
                ),
            ];
        }
        catch (FormatException)
        {
            throw new OnlyPipCanTellException();
        }
    }

    // A long field may go on in the next line; only descriptions and licences do.
    private static bool IsFolded(string[] header) =>
        header
            .Zip(header.Skip(1))
            .Any(pair =>
                pair.Second[0] is ' ' or '\t'
                && ((string[])["Name:", "Version:", "Requires-", "Provides-"]).Any(name =>
                    pair.First.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                )
            );
}
