using System.Text.RegularExpressions;
using Verso.Environments.Modules;
using Verso.Environments.Requirements;

namespace Verso.Rendering.Logs.Advising;

/// <summary>
/// A package that a message asks for. Whoever wrote the document may have written the message, so a name counts only when
/// a table knows it.
/// </summary>
/// <param name="Package">Normalised.</param>
/// <param name="RequirementLine">With the extras that the message names.</param>
internal sealed partial record InstallHint(string Name, string Package, string RequirementLine)
{
    private const int MaxLength = 4000;

    public static InstallHint? Find(string message)
    {
        var text = message.Length > MaxLength ? message[..MaxLength] : message;
        return Command()
            .Matches(text)
            .Concat(Dependency().Matches(text))
            .Select(match => Of(match.Groups["name"].Value, match.Groups["extras"].Value))
            .FirstOrDefault(hint => hint is not null);
    }

    /// <returns>Null when no table knows the name.</returns>
    public static InstallHint? Of(string name, string extras)
    {
        name = name.TrimEnd('.', '-', '_');
        if (!PackageName.IsValid(name))
            return null;
        // As pandas calls it.
        var normalized = name == "pytables" ? "tables" : PackageName.Normalize(name);
        var package =
            ModuleTable.ModulesOf(normalized).Count > 0 ? normalized
            : ModuleTable.TryFindPackage(name) is { } known ? known
            : PopularPackages.Contains(normalized) ? normalized
            : null;
        return package is null ? null : new InstallHint(name, package, package + (package == normalized ? extras : ""));
    }

    [GeneratedRegex(
        @"\b(?:pip3?|conda|mamba|uv) +(?:pip +)?(?:install|add)(?> +(?:-c +\w[\w-]*|--?\w[\w-]*))* +[`'""]?(?<name>[A-Za-z0-9][\w.-]*)(?![\w.-]*[+:/@])(?<extras>\[[A-Za-z0-9][\w,.-]*\])?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Command();

    [GeneratedRegex(
        @"[Mm]issing optional dependency [`'""](?<name>[\w.-]+)"
            + @"|\bImport (?<name>[\w.-]+) failed"
            + @"|`Import (?<name>[\w.-]+)` failed"
            + @"|\b[Rr]equires (?:the )?[`'""]?(?<name>[A-Za-z][\w.-]*)[`'""]?(?: ?[<>=!~]=? ?[\w.]+)? (?:package|library|to be installed|but it is not installed)"
            + @"|\b(?:[Pp]lease|[Mm]ust|[Nn]eed to) install (?:the )?[`'""]?(?<name>[A-Za-z][\w.-]*)"
    )]
    private static partial Regex Dependency();
}
