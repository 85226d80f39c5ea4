using System.Text.RegularExpressions;
using Verso.Environments.Requirements;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Checking;

/// <summary>Finds the lines of cells that would install packages, for which they have neither network nor room.</summary>
internal static partial class InstallCommands
{
    private const int MaxLine = 1000;
    private const int MaxEntries = 100;

    // That what follows them belongs to.
    private static readonly string[] OptionsWithValue =
    [
        .. (string[])["-r", "--requirement", "-c", "--constraint", "--channel", "-i", "--index-url"],
        .. (string[])["--extra-index-url", "-f", "--find-links", "-e", "--editable", "-t", "--target", "-n", "--name"],
    ];

    public static IEnumerable<LogEntry> In(QuartoDocument document, ModuleAdvisor advisor, string projectDirectory) =>
        Find(document, advisor, projectDirectory).Take(MaxEntries);

    private static IEnumerable<LogEntry> Find(QuartoDocument document, ModuleAdvisor advisor, string projectDirectory)
    {
        var settings = new DocumentSettings(document.FrontMatter, "html");
        var file = Path.GetRelativePath(projectDirectory, document.Path);
        foreach (var cell in document.Cells)
        {
            if (cell.Language != "python" || !CellSettings.Of(cell, settings).Evaluate)
                continue;
            var isShell = ShellCell().IsMatch(cell.Source);
            foreach (var (offset, line) in cell.Source.Split('\n').Index())
                if (
                    line.Length <= MaxLine
                    && Install().Match(line) is { Success: true } install
                    && (isShell || install.Groups["magic"].Length > 0)
                )
                    foreach (var (message, advice) in Describe(install.Groups["arguments"].Value, advisor))
                        yield return new LogEntry(
                            EntryLevel.Warning,
                            message,
                            advice,
                            file,
                            cell.SourceLine + offset,
                            cell.Name
                        );
        }
    }

    private static IEnumerable<(string, Advice?)> Describe(string arguments, ModuleAdvisor advisor)
    {
        const string Declared = $"A cell cannot install packages; they are declared in {RequirementsFile.Name}.";
        var requirements = Arguments(arguments)
            .SelectMany(argument => RequirementsFile.Parse(argument).Requirements)
            .ToList();
        if (requirements.Count == 0)
            yield return ($"{Declared} Write their names there, one a line, and take this line out.", null);
        foreach (var requirement in requirements)
            if (advisor.LineOf(requirement.Name) is { } named)
                yield return ($"{Declared} Its line {named} names '{requirement.Name}': take this line out.", null);
            else if (advisor.Advise(requirement) is { } advised)
                yield return ($"{Declared} {advised.Text} Take this line out.", advised.Advice);
            else
                yield return (
                    $"{Declared} Write the name there, on a line of its own, if it is one that you trust; take this line out.",
                    null
                );
    }

    private static IEnumerable<string> Arguments(string text)
    {
        var skip = false;
        foreach (var word in Word().Matches(text).Select(match => match.Value.Trim('\'', '"')))
            if (skip)
                skip = false;
            else if (word is ['-', ..])
                skip = OptionsWithValue.Contains(word);
            else if (word is [';' or '&' or '|' or '#' or '>', ..])
                yield break; // another command, a comment, a file
            else
                yield return word;
    }

    [GeneratedRegex(@"\A\s*%%(?:!|bash\b|sh\b|system\b|sx\b)")]
    private static partial Regex ShellCell();

    [GeneratedRegex(
        @"^\s*(?<magic>[%!]{0,2})\s*(?:(?:\{sys\.executable\}|python[0-9.]*) +-m +|uv +)?(?:pip[0-9.]*|conda|mamba) +(?:install|add)(?: +(?<arguments>.*))?$"
    )]
    private static partial Regex Install();

    [GeneratedRegex(@"'[^']*'|""[^""]*""|\S+")]
    private static partial Regex Word();
}
