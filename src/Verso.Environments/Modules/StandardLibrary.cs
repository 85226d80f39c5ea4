using System.Collections.Frozen;

namespace Verso.Environments.Modules;

/// <summary>The modules that Python itself brings, or brought. Made by tools/module-table.</summary>
public static class StandardLibrary
{
    private static readonly FrozenDictionary<string, StandardModule> Modules = EmbeddedText
        .Rows("standard_library.tsv")
        .Select(fields => new StandardModule(
            fields[0],
            Version.Parse(fields[1]),
            fields[2].Length > 0 ? Version.Parse(fields[2]) : null,
            fields[3].Length > 0 ? fields[3] : null,
            fields[4].Length > 0 ? fields[4] : null
        ))
        .ToFrozenDictionary(module => module.Name);

    /// <summary>The entry for a module, for what stands for it inside Python (<c>_tkinter</c>), or for its parent.</summary>
    public static StandardModule? TryFind(string module)
    {
        for (var name = module; ; name = name[..name.LastIndexOf('.')])
        {
            // What is said of the public module is what helps.
            if (name is ['_', .. var open] && Modules.TryGetValue(open, out var known))
                return known;
            if (Modules.TryGetValue(name, out known))
                return known;
            if (!name.Contains('.'))
                return null;
        }
    }
}
