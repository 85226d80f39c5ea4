namespace Verso.Sandboxing;

public enum SandboxMode
{
    /// <summary>Others' code runs in a sandbox or not at all.</summary>
    Confined,

    /// <summary>Others' code runs like any program of this user. For one's own documents only.</summary>
    Unconfined,
}

/// <summary>The section <c>Sandbox</c> of the configuration.</summary>
public sealed record SandboxOptions
{
    public SandboxMode Mode { get; init; }

    /// <summary>Limits of running cells and making documents.</summary>
    public SandboxLimits Render { get; init; } = new();

    /// <summary>Limits of building environments.</summary>
    public SandboxLimits Build { get; init; } = new();

    public IEnumerable<string> Faults() => [.. Render.Faults("Sandbox:Render"), .. Build.Faults("Sandbox:Build")];
}
