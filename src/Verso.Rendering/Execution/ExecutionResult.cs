namespace Verso.Rendering.Execution;

/// <summary>What running a document's code came to.</summary>
/// <param name="Libraries">Scripts by name, for the outputs that refer to them.</param>
/// <param name="Failure">What stopped it, if anything did.</param>
public sealed record ExecutionResult(
    IReadOnlyDictionary<int, IReadOnlyList<CellOutput>> Outputs,
    IReadOnlyDictionary<int, InlineValue> Inlines,
    IReadOnlyDictionary<string, string> Libraries,
    ExecutionFailure? Failure
)
{
    public static readonly ExecutionResult Nothing = new(
        new Dictionary<int, IReadOnlyList<CellOutput>>(),
        new Dictionary<int, InlineValue>(),
        new Dictionary<string, string>(),
        null
    );
}
