using System.Text.Json.Serialization;
using Verso.Environments.Resolving;

namespace Verso.Server.Compiling.Protocol;

/// <summary>How to compile. Options of CLSI that mean nothing here are passed over.</summary>
public sealed record CompileOptions
{
    public static readonly CompileOptions Default = new();

    /// <summary><c>quarto</c>, which is what an absent one means too.</summary>
    public string? Compiler { get; init; }

    /// <summary>Seconds; at most 600.</summary>
    public double? Timeout { get; init; }

    public bool StopOnFirstError { get; init; }

    /// <summary><c>validate</c>: check what the documents import, render nothing.</summary>
    public string? Check { get; init; }

    public SyncType SyncType { get; init; }

    /// <summary>Names the state of the client's files; an incremental sync builds on the state that it names.</summary>
    public string? SyncState { get; init; }

    /// <summary>What the build is to be called, if the client has to know beforehand.</summary>
    public string? BuildId { get; init; }

    /// <summary>The gate's answer. Anything but <c>true</c> never starts pip.</summary>
    public bool AllowPythonInstall { get; init; }

    public ExportMode ExportMode { get; init; }

    /// <summary>Whose project it is, where each owner has environments of their own.</summary>
    public string? Owner { get; init; }

    /// <summary>What the project's requirements resolved to earlier, for clients that keep it; this service keeps it for the others.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>Files that somebody who may not install was the last to change; where the operator says so, nothing runs beside packages then.</summary>
    public IReadOnlyList<string>? UntrustedFiles { get; init; }

    /// <summary>Try again to install what has just failed.</summary>
    public bool Retry { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<SyncType>))]
public enum SyncType
{
    /// <summary>The request has all files.</summary>
    [JsonStringEnumMemberName("full")]
    Full,

    /// <summary>It has those that changed since the state that it names.</summary>
    [JsonStringEnumMemberName("incremental")]
    Incremental,
}

[JsonConverter(typeof(JsonStringEnumConverter<ExportMode>))]
public enum ExportMode
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The deck as one HTML file, as PDF and as PowerPoint.</summary>
    [JsonStringEnumMemberName("presentation")]
    Presentation,

    /// <summary>Files that can be served as a site as they are.</summary>
    [JsonStringEnumMemberName("publish")]
    Publish,
}
