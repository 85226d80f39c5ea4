namespace Verso.Sandboxing;

/// <summary>This machine allows no sandbox, so others' code is not run. The message says what would mend it.</summary>
public sealed class SandboxUnavailableException(string reason)
    : Exception(
        $"Code of documents and packages cannot be contained on this machine, so it is not run: {reason} "
            + "To run your own documents all the same, use --unconfined (or Sandbox:Mode=Unconfined)."
    );
