namespace Verso.Server.Projects.Changes;

/// <summary>What came of a change.</summary>
public abstract record ChangeOutcome
{
    /// <param name="Version">The project's, with the change; the one before when it changed nothing.</param>
    /// <param name="RequirementsKept"><c>requirements.vrf</c> was left as it is, because its author may not change it.</param>
    public sealed record Committed(int Version, bool RequirementsKept) : ChangeOutcome;

    /// <summary>The path's content is another than the author saw. Nothing was changed.</summary>
    /// <param name="Current">Null when nothing is there any more.</param>
    public sealed record Conflict(string Path, ProjectFile? Current) : ChangeOutcome;

    /// <summary>It makes no sense, or goes past a limit.</summary>
    public sealed record Refused(string Sentence) : ChangeOutcome;

    /// <summary>The author may not.</summary>
    public sealed record Forbidden(string Sentence) : ChangeOutcome;

    public sealed record NotFound(string Sentence) : ChangeOutcome;
}
