namespace Verso.Environments.Store;

/// <param name="AllowInstall">The gate's answer; false never starts a build.</param>
/// <param name="Scope">Whose environments to use; empty when all projects share them.</param>
public sealed record EnvironmentRequest(string ProjectDirectory, bool AllowInstall, string Scope = "");
