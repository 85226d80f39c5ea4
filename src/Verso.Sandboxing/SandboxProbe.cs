namespace Verso.Sandboxing;

/// <summary>What a machine allows, found out by running the real thing once.</summary>
/// <param name="Mend">What would make it better; null when it is whole.</param>
public sealed record SandboxProbe(SandboxRung Rung, string? Mend)
{
    public static async Task<SandboxProbe> RunAsync(CancellationToken cancellationToken)
    {
        if (ProgramPath.TryFind("bwrap") is null)
            return new SandboxProbe(SandboxRung.None, "bubblewrap is not installed (Debian: bubblewrap).");
        var full = await TryAsync(SandboxRung.Full, cancellationToken);
        if (full.Succeeded)
            return new SandboxProbe(SandboxRung.Full, null);
        var withoutProc = await TryAsync(SandboxRung.WithoutProc, cancellationToken);
        return withoutProc.Succeeded
            ? new SandboxProbe(
                SandboxRung.WithoutProc,
                "The container masks /proc; run it with an unmasked /proc for all of the sandbox."
            )
            : new SandboxProbe(SandboxRung.None, Explain(full.Process.Error));
    }

    private static Task<SandboxResult> TryAsync(SandboxRung rung, CancellationToken cancellationToken) =>
        Sandbox.RunAsync(
            new ProcessSpec("/usr/bin/true") { Timeout = TimeSpan.FromSeconds(10) },
            SandboxProfile.Render(new SandboxOptions()),
            rung,
            cancellationToken
        );

    private static string Explain(string error) =>
        error.Trim()
        + (
            error.Contains("ENOSPC") || error.Contains("No space left")
                ? " User namespaces are used up or switched off: raise user.max_user_namespaces."
            : error.Contains("ermission") || error.Contains("not permitted")
                ? " User namespaces are not allowed: set kernel.unprivileged_userns_clone=1, or (Ubuntu) "
                    + "kernel.apparmor_restrict_unprivileged_userns=0, or give the container a seccomp profile that allows them."
            : error.Contains("make / slave")
                ? " This is a chroot: make its folder a mount point before entering it (mount --bind DIR DIR)."
            : ""
        );
}
