namespace Verso.Environments.Store;

public enum BaseReason
{
    /// <summary>Nothing runs any code.</summary>
    NotNeeded,
    NoRequirements,
    NotAllowed,
    Disabled,
    InvalidRequirements,
    BuildFailed,

    /// <summary>It takes longer than a render waits, and goes on.</summary>
    BuildRunning,
}
