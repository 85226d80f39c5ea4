using Verso.Environments.Requirements;

namespace Verso.Environments.Modules;

/// <summary>Says what somebody may have meant by the name of a package that there is none of.</summary>
public static class NameHint
{
    private const int ShortestMisspelt = 4; // shorter names are all near to some other

    /// <param name="isAllowed">Whether a package may be proposed.</param>
    /// <returns>The end of a sentence, with its full stop; null when nothing is known.</returns>
    public static string? For(string name, Func<string, bool> isAllowed)
    {
        var normalized = PackageName.Normalize(name);
        if (StandardLibrary.TryFind(normalized.Replace('-', '_')) is { Removed: null } own)
            return $"'{own.Name}' is a part of Python itself, so take the line out.";
        if (ModuleTable.PackageOfName(normalized) is { } package && package != normalized && isAllowed(package))
            return $"'{name}' is a module of the package '{package}', so name that.";
        return
            normalized.Length >= ShortestMisspelt && PopularPackages.NearTo(normalized) is { } near && isAllowed(near)
            ? $"did you mean '{near}'?"
            : null;
    }
}
