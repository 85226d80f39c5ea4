namespace Verso.Environments.Requirements;

/// <summary>One line of <c>requirements.vrf</c>, normalised so that two spellings of it are equal.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Extras">Sorted, and spelt as the author did: pip 23.0 compares them with the package's own spelling.</param>
/// <param name="Specifiers">Without white space, sorted.</param>
/// <param name="Marker">Canonical text, or empty.</param>
public sealed record Requirement(
    int Line,
    string Name,
    IReadOnlyList<string> Extras,
    IReadOnlyList<string> Specifiers,
    string Marker
)
{
    public override string ToString() =>
        Name
        + (Extras.Count > 0 ? $"[{string.Join(',', Extras)}]" : "")
        + string.Join(',', Specifiers)
        + (Marker.Length > 0 ? $" ; {Marker}" : "");
}
