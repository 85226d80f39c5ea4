using System.Text.RegularExpressions;
using Verso.Environments.Interpreters;

namespace Verso.Environments.Wheels;

/// <summary>What the files of a wheel let one import.</summary>
internal static partial class WheelModules
{
    public static IReadOnlyList<string> Of(IEnumerable<string> paths, BaseInterpreter interpreter)
    {
        var site = interpreter.SitePackages + "/";
        string[] endings = [$".{interpreter.Abi}.so", ".abi3.so", ".so", ".py"];
        var modules = paths
            .Where(path => path.StartsWith(site))
            .Select(path => Module(path[site.Length..], endings))
            .OfType<string>()
            .ToHashSet();
        var packages = modules.Where(module => module.EndsWith(".__init__")).Select(Parent).ToHashSet();
        return
        [
            .. modules
                .Select(module => module.EndsWith(".__init__") ? Parent(module) : module)
                .Where(module => !Parents(module).Any(packages.Contains))
                .Where(module => module.Split('.')[^1] is not ("__init__" or "__main__"))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string? Module(string path, string[] endings)
    {
        var ending = Array.Find(endings, path.EndsWith);
        var name = ending is null ? "" : path[..^ending.Length].Replace('/', '.');
        // A dot of the path itself makes no module.
        return name.Length > 0 && !path[..^ending!.Length].Contains('.') && Dotted().IsMatch(name) ? name : null;
    }

    private static string Parent(string module) => module[..Math.Max(0, module.LastIndexOf('.'))];

    private static IEnumerable<string> Parents(string module)
    {
        for (var parent = Parent(module); parent.Length > 0; parent = Parent(parent))
            yield return parent;
    }

    [GeneratedRegex(@"\A[^\W\d]\w*(\.[^\W\d]\w*)*\z")]
    private static partial Regex Dotted();
}
