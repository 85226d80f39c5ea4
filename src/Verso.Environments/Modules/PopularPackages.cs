using System.Collections.Frozen;
using Verso.Environments.Requirements;

namespace Verso.Environments.Modules;

/// <summary>The most downloaded packages of PyPI. Nobody squats on their names.</summary>
public static class PopularPackages
{
    // Of these the name alone says nothing: each part is a package of its own.
    private static readonly FrozenSet<string> Namespaces = FrozenSet.Create(
        "azure",
        "backports",
        "google",
        "jaraco",
        "llama_index",
        "opentelemetry",
        "sphinxcontrib",
        "zope"
    );

    private static readonly IReadOnlyList<string> ByPopularity =
    [
        .. EmbeddedText.Rows("popular_packages.txt").Select(fields => PackageName.Normalize(fields[0])),
    ];

    private static readonly FrozenSet<string> Names = ByPopularity.ToFrozenSet();

    private static readonly FrozenSet<string> Ambiguous = EmbeddedText
        .Rows("ambiguous_names.txt")
        .Select(fields => fields[0])
        .ToFrozenSet();

    /// <summary>Whether many packages share the first part of a module's name.</summary>
    public static bool IsNamespace(string top) => Namespaces.Contains(top);

    /// <param name="package">Normalised.</param>
    public static bool Contains(string package) => Names.Contains(package);

    /// <summary>Those whose names begin so, the most popular first.</summary>
    /// <param name="beginning">Normalised.</param>
    public static IEnumerable<string> BeginningWith(string beginning) =>
        ByPopularity.Where(package => package.StartsWith(beginning, StringComparison.Ordinal));

    /// <returns>The most popular one whose name differs by a letter; null for a name that is popular itself.</returns>
    /// <param name="package">Normalised.</param>
    public static string? NearTo(string package) =>
        Contains(package) ? null : ByPopularity.FirstOrDefault(popular => Misspelling.Is(popular, package));

    /// <summary>The package of a module's own name, normalised, unless the name is as likely that of an author's own file.</summary>
    public static string? TryFindPackage(string module)
    {
        var parts = module.Split('.');
        if (!Namespaces.Contains(parts[0]))
            return TryFind(parts[0]);
        for (var count = Math.Min(parts.Length, 6); count > 1; count--)
            if (TryFind(string.Join('-', parts.Take(count))) is { } package)
                return package;
        return null;
    }

    /// <summary>Whether people give this name to files of their own as well.</summary>
    public static bool IsAmbiguous(string module) => Ambiguous.Contains(module);

    private static string? TryFind(string name) =>
        PackageName.IsValid(name)
        && PackageName.Normalize(name) is var package
        && Names.Contains(package)
        && !Ambiguous.Contains(package)
            ? package
            : null;
}
