using Verso.Environments.Requirements;

namespace Verso.Environments.Gateway;

/// <summary>
/// How settings speak of packages: a name, or the beginning of one and a star. Spelling does not matter, as with names;
/// <c>acme-*</c> matches <c>Acme_Tools</c> but neither <c>acme</c> nor <c>acmetools</c>.
/// </summary>
internal static class NamePattern
{
    public static bool IsValid(string pattern) =>
        pattern == "*"
        || PackageName.IsValid(pattern)
        || pattern.EndsWith('*') && PackageName.IsValid(pattern[..^1].TrimEnd('-', '_', '.'));

    /// <param name="name">Normalised.</param>
    public static bool MatchesAny(IEnumerable<string> patterns, string name) =>
        patterns.Any(pattern =>
            pattern.EndsWith('*')
                ? name.StartsWith(PackageName.Normalize(pattern[..^1]))
                : name == PackageName.Normalize(pattern)
        );
}
