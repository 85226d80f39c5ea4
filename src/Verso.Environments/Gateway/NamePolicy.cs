namespace Verso.Environments.Gateway;

/// <summary>Which names are served at all, and which may be asked upstream.</summary>
internal sealed class NamePolicy(PackageIndexOptions options)
{
    /// <returns>Why nothing of that name is served, or null.</returns>
    public string? Refusal(string name) =>
        NamePattern.MatchesAny(options.DeniedNames, name) ? $"{name} is not allowed here (PackageIndex:DeniedNames)."
        : options.AllowedNames.Count > 0 && !NamePattern.MatchesAny(options.AllowedNames, name)
            ? $"{name} is not among the packages that are allowed here (PackageIndex:AllowedNames)."
        : null;

    public bool IsPrivate(string name) => NamePattern.MatchesAny(options.PrivateNames, name);
}
