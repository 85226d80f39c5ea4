namespace Verso.Environments.Store;

public enum BaseReason
{
    /// <summary>Nothing runs any code.</summary>
    NotNeeded,
    NoRequirements,
    NotAllowed,

    /// <summary>Somebody who may not install was the last to change what would run beside the packages.</summary>
    UntrustedText,
    Disabled,
    InvalidRequirements,
    BuildFailed,

    /// <summary>It takes longer than a render waits, and goes on.</summary>
    BuildRunning,
}
