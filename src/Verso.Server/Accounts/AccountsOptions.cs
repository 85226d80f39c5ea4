namespace Verso.Server.Accounts;

/// <summary>The section <c>Accounts</c> of the configuration.</summary>
public sealed record AccountsOptions
{
    /// <summary>Whether people may make accounts for themselves. These install nothing until an administrator allows it.</summary>
    public bool OpenRegistration { get; init; }

    public int MinimumPasswordLength { get; init; } = 10;

    /// <summary>How long a link that sets a new password works.</summary>
    public TimeSpan ResetLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (MinimumPasswordLength < 8)
            yield return $"Accounts:MinimumPasswordLength is {MinimumPasswordLength}; it must be 8 or more.";
        if (ResetLifetime <= TimeSpan.Zero)
            yield return $"Accounts:ResetLifetime is {ResetLifetime}; it must be more than zero, such as 1.00:00:00.";
    }
}
