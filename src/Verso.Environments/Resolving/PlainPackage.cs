using Verso.Environments.Gateway.Sources;
using Verso.Environments.Requirements;

namespace Verso.Environments.Resolving;

/// <summary>What was chosen for a project: a file of the index, or (without one) what the base has.</summary>
/// <param name="Version">Null where the base's is not plain.</param>
/// <param name="Requires">Of all its extras too.</param>
internal sealed record PlainPackage(
    string Project,
    PlainVersion? Version,
    IReadOnlyList<Requirement> Requires,
    IndexFile? File = null,
    PackageMetadata? Metadata = null
)
{
    /// <summary>Which others it needs, extras that are asked of it included.</summary>
    public HashSet<string> Needs { get; } = [];

    /// <exception cref="OnlyPipCanTellException">The versions cannot be compared plainly.</exception>
    public bool Satisfies(PlainSpecifiers specifiers) =>
        specifiers.IsEmpty || specifiers.Accept(Version ?? throw new OnlyPipCanTellException());
}

/// <summary>That something needs a project.</summary>
/// <param name="By">The project that needs it; null for the requirements themselves.</param>
internal sealed record PlainNeed(string? By, string Project, IReadOnlyList<string> Extras, PlainSpecifiers Specifiers)
{
    /// <summary>What pip finds one candidate for: the project, or it with some extras.</summary>
    public string Asked => $"{Project}[{string.Join(',', Extras)}]";

    public static PlainNeed Of(Requirement requirement, string? by) =>
        new(by, requirement.Name, requirement.Extras, new PlainSpecifiers(requirement.Specifiers));
}
