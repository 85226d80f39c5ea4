using System.Text.Json.Serialization;

namespace Verso.Server.Compiling.Protocol;

/// <summary>What a compile is doing now.</summary>
/// <param name="Message">One line for somebody who waits.</param>
/// <param name="Place">In the queue, counted from 1.</param>
/// <param name="Status">How it ended.</param>
public sealed record CompileEvent(
    CompileStage Stage,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Place = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CompileStatus? Status = null
);

[JsonConverter(typeof(KebabCaseConverter<CompileStage>))]
public enum CompileStage
{
    Queued,
    Syncing,

    /// <summary>A line of an environment's build.</summary>
    Environment,
    Cells,
    Rendering,
    Done,
}
