namespace Verso.Sandboxing;

/// <summary>How much of the sandbox a machine allows.</summary>
public enum SandboxRung
{
    Full,

    /// <summary>Everything but a /proc inside, as in containers that mask theirs.</summary>
    WithoutProc,
    None,
}
