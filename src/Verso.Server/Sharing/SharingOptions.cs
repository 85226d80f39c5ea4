namespace Verso.Server.Sharing;

/// <summary>The section <c>Sharing</c> of the configuration.</summary>
public sealed record SharingOptions
{
    /// <summary>Whether people who are not signed in may read through a link.</summary>
    public bool AnonymousRead { get; init; }

    /// <summary>Whether they may also write through an edit link.</summary>
    public bool AnonymousReadAndWrite { get; init; }

    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (InvitationLifetime <= TimeSpan.Zero)
            yield return $"Sharing:InvitationLifetime is {InvitationLifetime}; it must be more than zero, such as 14.00:00:00.";
    }
}
