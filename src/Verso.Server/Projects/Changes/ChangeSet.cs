namespace Verso.Server.Projects.Changes;

/// <summary>Changes that are made together or not at all.</summary>
/// <param name="Summary">What happens, as one line.</param>
public sealed record ChangeSet(string Summary, IReadOnlyList<FileChange> Changes)
{
    /// <summary>What the changes do not name goes: they are all that there shall be.</summary>
    public bool ReplacesAll { get; init; }

    /// <summary>An author outside the gate is not refused, but <c>requirements.vrf</c> stays as it is.</summary>
    public bool MayKeepRequirements { get; init; }
}
