namespace Verso.Rendering.Execution;

/// <summary>An exception that a cell or an inline expression ended with.</summary>
/// <param name="Type">The class of the exception.</param>
/// <param name="Traceback">As IPython prints it; empty for inline expressions.</param>
/// <param name="Frames">The cells and lines (from 1) it passed through, innermost last.</param>
/// <param name="Module">The module that was not found, if that was the error.</param>
public sealed record ExecutionError(
    string Type,
    string Value,
    string Traceback,
    IReadOnlyList<ExecutionFrame> Frames,
    string? Module
)
{
    public override string ToString() => Value.Length == 0 ? Type : $"{Type}: {Value}";
}
