using System.Text.Json.Serialization;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Rendering.Logs;

namespace Verso.Rendering;

public enum RenderStatus
{
    /// <summary>A document came out.</summary>
    Success,

    /// <summary>The document did not render; the log says why.</summary>
    Failure,

    /// <summary>The service's own fault.</summary>
    Error,
}

public enum EnvironmentState
{
    Reused,
    Built,
    Base,
}

/// <param name="Reason">Why the base interpreter; null when there is an environment.</param>
/// <param name="Seconds">That acquiring it took.</param>
public sealed record EnvironmentSummary(
    EnvironmentState State,
    string? Key,
    BaseReason? Reason,
    double Seconds,
    IReadOnlyList<PackageSummary> Packages
);

public sealed record PackageSummary(string Name, string Version);

/// <param name="Type">A MIME type.</param>
/// <param name="Size">In bytes.</param>
public sealed record RenderOutput(string Path, OutputKind Kind, string Type, long Size);

/// <param name="Timings">Milliseconds by stage.</param>
public sealed record RenderResult(
    RenderStatus Status,
    string Engine,
    EnvironmentSummary Environment,
    IReadOnlyList<RenderOutput> Outputs,
    IReadOnlyList<LogEntry> Log,
    IReadOnlyDictionary<string, double> Timings
)
{
    /// <summary>What the project's requirements resolved to, for whoever keeps it; null on the base interpreter.</summary>
    [JsonIgnore]
    public Resolution? Resolution { get; init; }
}
