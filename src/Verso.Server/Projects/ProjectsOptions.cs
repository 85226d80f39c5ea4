namespace Verso.Server.Projects;

/// <summary>The section <c>Projects</c> of the configuration.</summary>
public sealed record ProjectsOptions
{
    public int MaxFiles { get; init; } = 2000;

    /// <summary>MiB of the largest file.</summary>
    public int MaxFileMiB { get; init; } = 50;

    /// <summary>MiB of all files of a project as it is.</summary>
    public int MaxProjectMiB { get; init; } = 500;

    /// <summary>MiB of all contents that a project has or had.</summary>
    public int MaxHistoryMiB { get; init; } = 5000;

    /// <summary>Projects that one person owns, those included that can still be brought back.</summary>
    public int MaxPerOwner { get; init; } = 500;

    /// <summary>How long a deleted project can be brought back.</summary>
    public TimeSpan DeletedFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long every version stays; of days that are longer ago, the last one does.</summary>
    public TimeSpan EveryVersionFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>A folder of sample projects that new ones can be made from; empty for none.</summary>
    public string Examples { get; init; } = "";

    internal long MaxFileBytes => (long)MaxFileMiB << 20;

    internal long MaxHistoryBytes => (long)MaxHistoryMiB << 20;

    internal long MaxProjectBytes => (long)MaxProjectMiB << 20;

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        (string Name, int Value)[] amounts =
        [
            (nameof(MaxFiles), MaxFiles),
            (nameof(MaxFileMiB), MaxFileMiB),
            (nameof(MaxProjectMiB), MaxProjectMiB),
            (nameof(MaxHistoryMiB), MaxHistoryMiB),
            (nameof(MaxPerOwner), MaxPerOwner),
        ];
        foreach (var (name, value) in amounts)
            if (value < 1)
                yield return $"Projects:{name} is {value}; it must be 1 or more.";
        if (DeletedFor < TimeSpan.Zero)
            yield return $"Projects:DeletedFor is {DeletedFor}; it must not be negative.";
        // A day at least: what somebody is just reading or compiling is never thinned.
        if (EveryVersionFor < TimeSpan.FromDays(1) || EveryVersionFor > TimeSpan.FromDays(3650))
            yield return $"Projects:EveryVersionFor is {EveryVersionFor}; it must be from 1 to 3650 days, such as 30.00:00:00.";
        if (Examples.Length > 0 && !Path.IsPathRooted(Examples))
            yield return $"Projects:Examples is '{Examples}'; it must be an absolute path.";
    }
}
