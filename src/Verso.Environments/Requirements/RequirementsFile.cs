using System.Text;
using Verso.Sandboxing;

namespace Verso.Environments.Requirements;

/// <summary>What a project's <c>requirements.vrf</c> says: requirements, faults, or neither when there is none.</summary>
public sealed record RequirementsFile(IReadOnlyList<Requirement> Requirements, IReadOnlyList<RequirementFault> Faults)
{
    public const string Name = "requirements.vrf";
    public const int MaxBytes = 64 * 1024;
    private const int MaxLineLength = 1000;

    private static readonly string[] Misnamings = [Name, "requirements.txt", "requirements.vrf.txt", "requirement.vrf"];

    private static readonly RequirementsFile Absent = new([], []);

    /// <summary>As it stands in the file.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Distinct normalised lines in a fixed order: what the requirements key is made of.</summary>
    public IReadOnlyList<string> NormalizedLines { get; } =
    [.. Requirements.Select(requirement => requirement.ToString()).Distinct().Order(StringComparer.Ordinal)];

    /// <returns>The name of a file that was probably meant to be this one; null when there is none.</returns>
    public static string? Misnamed(string projectDirectory) =>
        Directory
            .EnumerateFiles(projectDirectory)
            .Select(path => Path.GetFileName(path))
            .FirstOrDefault(name => Misnamings.Contains(name, StringComparer.OrdinalIgnoreCase) && name != Name);

    /// <summary>Reads the file without following a link, whatever stands at its place.</summary>
    public static RequirementsFile Load(string projectDirectory)
    {
        var path = Path.Combine(projectDirectory, Name);
        var info = new FileInfo(path);
        if (info.LinkTarget is not null)
            return Refused("this is a symbolic link; make it a text file of the project's own.");
        if (Directory.Exists(path))
            return Refused("this is a folder; make it a text file with one package a line.");
        if (!info.Exists)
            return Absent;
        try
        {
            using var file = RegularFile.Open(path);
            if (file is null)
                return Refused("this is not a regular file; make it a text file with one package a line.");
            if (file.Length > MaxBytes)
                return Refused($"the file has {file.Length:N0} bytes; at most {MaxBytes:N0} are allowed.");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return Refused("the text is not UTF-8; save the file in that encoding.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused($"the file cannot be read: {e.Message}");
        }
    }

    /// <summary>Puts a new text in place of the file, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string projectDirectory, string text) =>
        WholeFile.Write(Path.Combine(projectDirectory, Name), file => file.Write(Encoding.UTF8.GetBytes(text)));

    public static RequirementsFile Parse(string text)
    {
        var requirements = new List<Requirement>();
        var faults = new List<RequirementFault>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = RequirementLine.WithoutComment(raw);
            if (line.Length == 0)
                continue;
            if (line.Length > MaxLineLength)
                faults.Add(
                    new(number, $"the line has {line.Length:N0} characters; at most {MaxLineLength:N0} are allowed.")
                );
            else if (RequirementLine.Refusal(line) is { } refusal)
                faults.Add(new(number, refusal));
            else
                try
                {
                    requirements.Add(RequirementLine.Parse(number, line));
                }
                catch (FormatException e)
                {
                    faults.Add(new(number, e.Message));
                }
        }
        return new RequirementsFile(requirements, faults) { Text = text };
    }

    private static RequirementsFile Refused(string message) => new([], [new RequirementFault(0, message)]);
}
