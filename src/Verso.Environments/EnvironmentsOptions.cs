using Verso.Environments.Eviction;
using Verso.Sandboxing;

namespace Verso.Environments;

/// <summary>The section <c>Environments</c> of the configuration.</summary>
public sealed record EnvironmentsOptions
{
    // Further back there are no dates to count from.
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(3650);

    /// <summary>Whether projects may bring packages of their own at all.</summary>
    public bool Enabled { get; init; }

    /// <summary>The base interpreter: a path, or a name looked up on PATH.</summary>
    public string Python { get; init; } = "/usr/bin/python3";

    /// <summary>Where the store stands; <c>PYTHON_VENVS_DIR</c> names it too.</summary>
    public string StoreDirectory { get; init; } = "/var/lib/overleaf/data/python-venvs";

    /// <summary>Joins the keys, so that an operator can turn away from every environment built so far.</summary>
    public string Salt { get; init; } = "";

    /// <summary>Whether all projects share environments, or only those of one owner.</summary>
    public EnvironmentScope Scope { get; init; }

    /// <summary>How old another project's resolution may be to be adopted by a project that has none.</summary>
    public TimeSpan ResolutionMaxAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Whether a render that may not install is given the environment if somebody else had it built. It then runs beside
    /// packages that its author was not allowed to choose.
    /// </summary>
    public bool ServeCachedToUngated { get; init; }

    /// <summary>
    /// Whether text that was last changed by somebody who may not install runs on the base interpreter, for whomever it is
    /// rendered: it could read the packages. Null for yes where the index has some that are not everybody's.
    /// </summary>
    public bool? UntrustedTextUsesBase { get; init; }

    /// <summary>What one build may take, from its turn on.</summary>
    public TimeSpan BuildTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a render waits for a build before it goes on without; the build goes on by itself.</summary>
    public TimeSpan BuildWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Builds at one time; others wait their turn.</summary>
    public int ConcurrentBuilds { get; init; } = 2;

    /// <summary>Packages that requirements may resolve to.</summary>
    public int MaxPackages { get; init; } = 250;

    /// <summary>MiB that the packages of one environment may take up, installed.</summary>
    public int MaxInstalledMiB { get; init; } = 8192;

    /// <summary>Files that the packages of one environment may consist of.</summary>
    public int MaxInstalledFiles { get; init; } = 250_000;

    /// <summary>How long a build that failed is not tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The same when what it failed of may be over soon: an index that is down, a full disk.</summary>
    public TimeSpan RetryTransientAfter { get; init; } = TimeSpan.FromSeconds(30);

    public EvictionOptions Eviction { get; init; } = new();

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Python))
            yield return "Environments:Python is empty; name the base interpreter, such as /usr/bin/python3.";
        if (!Path.IsPathRooted(StoreDirectory))
            yield return $"Environments:StoreDirectory (or PYTHON_VENVS_DIR) is '{StoreDirectory}'; it must be an absolute path.";
        (string Name, TimeSpan Value, TimeSpan Most)[] durations =
        [
            (nameof(BuildTimeout), BuildTimeout, Timers.Longest),
            (nameof(ResolutionMaxAge), ResolutionMaxAge, LongestAge),
            (nameof(RetryAfter), RetryAfter, LongestAge),
            (nameof(RetryTransientAfter), RetryTransientAfter, LongestAge),
        ];
        foreach (var (name, value, most) in durations)
            if (value <= TimeSpan.Zero)
                yield return $"Environments:{name} is {value}; it must be more than zero, such as 00:10:00.";
            else if (value > most)
                yield return $"Environments:{name} is {value}; it must be {most.Days} days or less.";
        if (BuildWait < TimeSpan.Zero && BuildWait != Timeout.InfiniteTimeSpan)
            yield return $"Environments:BuildWait is {BuildWait}; it must not be negative, such as 00:00:30.";
        if (BuildWait > Timers.Longest)
            yield return $"Environments:BuildWait is {BuildWait}; it must be {Timers.Longest.Days} days or less.";
        (string Name, int Value)[] amounts =
        [
            (nameof(ConcurrentBuilds), ConcurrentBuilds),
            (nameof(MaxPackages), MaxPackages),
            (nameof(MaxInstalledMiB), MaxInstalledMiB),
            (nameof(MaxInstalledFiles), MaxInstalledFiles),
        ];
        foreach (var (name, value) in amounts)
            if (value < 1)
                yield return $"Environments:{name} is {value}; it must be 1 or more.";
        foreach (var fault in Eviction.Faults())
            yield return fault;
    }
}
