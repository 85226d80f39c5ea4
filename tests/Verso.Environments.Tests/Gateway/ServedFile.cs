using System.Globalization;
using System.Text.RegularExpressions;
using Verso.Environments.Gateway;

namespace Verso.Environments.Tests.Gateway;

/// <summary>A file that a build was given, as the log has it.</summary>
/// <param name="Source">The wheelhouse's folder, the host the file was downloaded from, or <c>cache</c>.</param>
internal sealed partial record ServedFile(string Name, string Version, string Sha256, long Bytes, string Source)
{
    /// <returns>Each file once, in order.</returns>
    public static IReadOnlyList<ServedFile> To(GatewayBuild build, string log) =>
        [
            .. Line()
                .Matches(log)
                .Where(line => line.Groups["build"].Value == build.Id)
                .Select(line => new ServedFile(
                    line.Groups["name"].Value,
                    line.Groups["version"].Value,
                    line.Groups["sha256"].Value,
                    long.Parse(line.Groups["bytes"].Value, CultureInfo.InvariantCulture),
                    line.Groups["source"].Value
                ))
                .DistinctBy(file => file.Sha256),
        ];

    [GeneratedRegex(
        @"^Build (?<build>\S+) of requirements \S+ was served (?<name>\S+) (?<version>\S+) \(sha256 (?<sha256>\S+), (?<bytes>\d+) bytes\) from (?<source>.+)$",
        RegexOptions.Multiline
    )]
    private static partial Regex Line();
}
