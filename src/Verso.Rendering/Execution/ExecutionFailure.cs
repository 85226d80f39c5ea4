using Verso.Rendering.Documents;

namespace Verso.Rendering.Execution;

/// <summary>Why a document's code did not run to its end.</summary>
public abstract record ExecutionFailure
{
    /// <param name="Block">The cell or inline expression that was running.</param>
    public sealed record Raised(DocumentBlock Block, ExecutionError Error) : ExecutionFailure;

    /// <summary>The process ended without having raised an error.</summary>
    /// <param name="Message">A sentence.</param>
    public sealed record Died(DocumentBlock? Block, string Message) : ExecutionFailure;

    /// <summary>The interpreter lacks what running cells needs.</summary>
    public sealed record Unusable(string Message) : ExecutionFailure;
}
