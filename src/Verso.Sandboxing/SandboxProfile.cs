namespace Verso.Sandboxing;

/// <summary>What a run sees of this machine besides the system's own programs, and what it may use.</summary>
/// <param name="LimitsSection">Where the limits stand in the configuration, for the sentence that names one.</param>
public sealed record SandboxProfile(SandboxLimits Limits, string LimitsSection)
{
    /// <summary>Files and folders that can be read, at the paths they have here; within what is writable, too.</summary>
    public IReadOnlyList<string> ReadOnly { get; init; } = [];

    public IReadOnlyList<WritableFolder> Writable { get; init; } = [];

    /// <summary>MiB of address space of one process where no control group can hold memory; null for programs that reserve more than they use.</summary>
    public int? AddressSpaceMiB { get; init; } = 16_384;

    /// <summary>An empty home that is gone after the run.</summary>
    public const string Home = "/home/verso";

    public static SandboxProfile Render(SandboxOptions options) => new(options.Render, "Sandbox:Render");

    public static SandboxProfile Build(SandboxOptions options) => new(options.Build, "Sandbox:Build");
}

/// <param name="Path">Where it is here; when root, it must be for this run alone, because it changes its owner.</param>
/// <param name="Inside">Where it is seen inside.</param>
public sealed record WritableFolder(string Path, string Inside)
{
    public WritableFolder(string path)
        : this(path, path) { }
}
