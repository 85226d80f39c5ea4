using System.Text.RegularExpressions;

namespace Verso.Environments.Wheels;

/// <summary>What a wheel's file name says.</summary>
/// <param name="Build">The build tag, or empty.</param>
internal sealed partial record WheelFileName(
    string Text,
    string Name,
    string Version,
    string Build,
    string PythonTag,
    string AbiTag,
    string PlatformTag
)
{
    /// <summary>Each combination that its tag stands for.</summary>
    public IEnumerable<string> Tags =>
        from python in PythonTag.Split('.')
        from abi in AbiTag.Split('.')
        from platform in PlatformTag.Split('.')
        select $"{python}-{abi}-{platform}";

    /// <exception cref="WheelException">No wheel can have this name.</exception>
    public static WheelFileName Parse(string fileName) =>
        TryParse(fileName)
        ?? throw WheelException.Refused(
            fileName,
            "its name is not one that a wheel can have, such as name-1.0-py3-none-any.whl."
        );

    public static WheelFileName? TryParse(string fileName)
    {
        var match = Pattern().Match(fileName);
        if (fileName.Length > 255 || !match.Success)
            return null;
        string Part(string group) => match.Groups[group].Value;
        return new WheelFileName(
            fileName,
            Part("name"),
            Part("version"),
            Part("build"),
            Part("python"),
            Part("abi"),
            Part("platform")
        );
    }

    [GeneratedRegex(
        """
            \A (?<name>[A-Za-z0-9._]+) - (?<version>[A-Za-z0-9.!+_]+) (?: - (?<build>[0-9][A-Za-z0-9._]*))?
            - (?<python>[A-Za-z0-9._]+) - (?<abi>[A-Za-z0-9._]+) - (?<platform>[A-Za-z0-9._]+) \.whl \z
            """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Pattern();
}
