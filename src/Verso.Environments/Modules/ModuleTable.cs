using System.Collections.Frozen;
using Verso.Environments.Requirements;

namespace Verso.Environments.Modules;

/// <summary>Which package an import comes from, where that is known. Made by tools/module-table.</summary>
public static class ModuleTable
{
    private const int LongestName = 200;

    private static readonly FrozenDictionary<string, string> Packages = EmbeddedText
        .Rows("modules.tsv")
        .ToFrozenDictionary(fields => fields[0], fields => fields[1]);

    private static readonly FrozenDictionary<string, IReadOnlyList<string>> Modules = Packages
        .GroupBy(entry => entry.Value, entry => entry.Key)
        .ToFrozenDictionary(
            package => package.Key,
            IReadOnlyList<string> (package) => [.. package.OrderBy(name => name[0] == '_').ThenBy(name => name)]
        );

    private static readonly FrozenDictionary<string, string> ByName = Packages
        .Where(entry => !entry.Key.Contains('.'))
        .GroupBy(entry => PackageName.Normalize(entry.Key), entry => entry.Value)
        .Where(packages => packages.Distinct().Count() == 1)
        .ToFrozenDictionary(packages => packages.Key, packages => packages.First());

    /// <summary>How many modules it knows whose package has another name.</summary>
    public static int RenamedCount => Packages.Count(entry => PackageName.Normalize(entry.Key) != entry.Value);

    /// <summary>The package, normalised, for a module, or for the nearest of its parents that is known.</summary>
    public static string? TryFindPackage(string module)
    {
        if (module.Length > LongestName)
            return null;
        for (var name = module; ; name = name[..name.LastIndexOf('.')])
        {
            if (Packages.TryGetValue(name, out var package))
                return package;
            if (!name.Contains('.'))
                return null;
        }
    }

    /// <summary>The package of a module that somebody took for a package, and so wrote as names of packages are written.</summary>
    /// <param name="name">Normalised.</param>
    public static string? PackageOfName(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The modules that a package is known to bring, its private ones last.</summary>
    /// <param name="package">Normalised.</param>
    public static IReadOnlyList<string> ModulesOf(string package) => Modules.GetValueOrDefault(package, []);
}
