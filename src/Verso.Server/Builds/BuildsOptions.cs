namespace Verso.Server.Builds;

/// <summary>The section <c>Builds</c> of the configuration: compiles, exports and publishes.</summary>
public sealed record BuildsOptions
{
    /// <summary>How many one person may start in a project in a second; for people who are not signed in, one address.</summary>
    public int PerSecond { get; init; } = 1;

    /// <summary>The same in ten minutes.</summary>
    public int PerTenMinutes { get; init; } = 200;

    /// <summary>How often one person may listen to projects at once; for people who are not signed in, one address.</summary>
    public int MaxListeners { get; init; } = 100;

    /// <summary>How long an address works at which rendered content is served.</summary>
    public TimeSpan ContentLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (PerSecond < 1)
            yield return $"Builds:PerSecond is {PerSecond}; it must be 1 or more.";
        if (PerTenMinutes < 1)
            yield return $"Builds:PerTenMinutes is {PerTenMinutes}; it must be 1 or more.";
        if (MaxListeners < 1)
            yield return $"Builds:MaxListeners is {MaxListeners}; it must be 1 or more.";
        if (ContentLifetime <= TimeSpan.Zero)
            yield return $"Builds:ContentLifetime is {ContentLifetime}; it must be more than zero, such as 12:00:00.";
    }
}
