using System.Collections.Frozen;

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

    /// <summary>How many modules it knows whose package has another name.</summary>
    public static int RenamedCount =>
        Packages.Count(entry => Requirements.PackageName.Normalize(entry.Key) != entry.Value);

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

    /// <summary>The modules that a package is known to bring, its private ones last.</summary>
    /// <param name="package">Normalised.</param>
    public static IReadOnlyList<string> ModulesOf(string package) => Modules.GetValueOrDefault(package, []);
}
