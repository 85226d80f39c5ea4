using System.Text.Json.Serialization;

namespace Verso.Server.Compiling.Protocol;

[JsonConverter(typeof(KebabCaseConverter<CompileStatus>))]
public enum CompileStatus
{
    /// <summary>A document came out.</summary>
    Success,

    /// <summary>The document did not render; the log says why.</summary>
    Failure,

    StoppedOnFirstError,

    /// <summary>Stopped or cleared while it was under way.</summary>
    Terminated,
    Timedout,
    ValidationPass,
    ValidationFail,

    /// <summary>The service's own fault, or a request that makes no sense.</summary>
    Error,

    /// <summary>The target is being compiled already.</summary>
    CompileInProgress,

    /// <summary>An incremental sync does not fit what is here; a full one is needed.</summary>
    Conflict,

    /// <summary>Too many compiles at once.</summary>
    Unavailable,
}
