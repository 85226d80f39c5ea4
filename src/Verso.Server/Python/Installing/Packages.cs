using System.Text.Json.Serialization;
using Verso.Environments.Requirements;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Python.Installing;

/// <summary>A project's packages, and the environment that they are in.</summary>
/// <param name="Text">Of <c>requirements.vrf</c>.</param>
/// <param name="Hash">Of its content; null when there is no such file.</param>
/// <param name="MayInstall">Whether this caller may have them installed.</param>
/// <param name="InstallReason">Why not.</param>
/// <param name="Reason">In words, when there is no environment.</param>
/// <param name="Log">Of the build that is under way, or of the one that failed.</param>
internal sealed record Packages(
    string Text,
    string? Hash,
    bool MayInstall,
    string? InstallReason,
    [property: JsonConverter(typeof(KebabCaseConverter<PackagesState>))] PackagesState State,
    string? Reason,
    string? Log,
    IReadOnlyList<RequirementFault> Faults
)
{
    [JsonPropertyName("packages")]
    public IReadOnlyList<PackageVersion> All { get; init; } = [];

    /// <summary>Files that documents run without packages for, until they are accepted.</summary>
    public IReadOnlyList<string> Unaccepted { get; init; } = [];

    /// <summary>The environment's.</summary>
    public string? Key { get; init; }

    /// <summary>In bytes.</summary>
    public long? Size { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public DateTimeOffset? BuiltAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <param name="Requested">Named in the requirements, not only needed by something that is.</param>
    internal sealed record PackageVersion(string Name, string Version, bool Requested);
}
