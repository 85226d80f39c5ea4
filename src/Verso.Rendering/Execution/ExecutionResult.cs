namespace Verso.Rendering.Execution;

/// <summary>What running a document's code came to.</summary>
/// <param name="Failure">What stopped it, if anything did.</param>
public sealed record ExecutionResult(
    IReadOnlyDictionary<int, IReadOnlyList<CellOutput>> Outputs,
    IReadOnlyDictionary<int, InlineValue> Inlines,
    ExecutionFailure? Failure
)
{
    public static readonly ExecutionResult Nothing = new(
        new Dictionary<int, IReadOnlyList<CellOutput>>(),
        new Dictionary<int, InlineValue>(),
        null
    );
}
