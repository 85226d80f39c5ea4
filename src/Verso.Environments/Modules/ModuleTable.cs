using System.Collections.Frozen;

namespace Verso.Environments.Modules;

/// <summary>Which package an import comes from, where that is known.</summary>
public static class ModuleTable
{
    private const int LongestName = 200;

    private static readonly FrozenDictionary<string, string> Packages = EmbeddedText
        .Read("modules.tsv")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line[0] != '#')
        .Select(line => line.Split('\t'))
        .ToFrozenDictionary(fields => fields[0], fields => fields[1]);

    /// <summary>The package for a module, or for the nearest of its parents that is known.</summary>
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
}
