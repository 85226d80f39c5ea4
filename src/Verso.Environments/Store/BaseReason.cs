namespace Verso.Environments.Store;

public enum BaseReason
{
    NoRequirements,
    NotAllowed,
    Disabled,
    InvalidRequirements,
    BuildFailed,
}
