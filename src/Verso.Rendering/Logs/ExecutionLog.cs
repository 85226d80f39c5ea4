using Verso.Rendering.Documents;
using Verso.Rendering.Execution;
using Verso.Rendering.Logs.Advising;

namespace Verso.Rendering.Logs;

/// <summary>Turns what stopped a document's code into an entry that names the line to look at.</summary>
internal static class ExecutionLog
{
    public static LogEntry Describe(
        ExecutionFailure failure,
        QuartoDocument document,
        ModuleAdvisor advisor,
        string projectDirectory
    )
    {
        var file = Path.GetRelativePath(projectDirectory, document.Path);
        switch (failure)
        {
            case ExecutionFailure.Raised(var block, var error):
                var (said, advice) = ErrorText.Describe(RaisedError.Of(error), advisor);
                return new LogEntry(
                    EntryLevel.Error,
                    $"{Where(block)}{said}",
                    advice,
                    file,
                    LineOf(error, block, document),
                    (block as DocumentBlock.Cell)?.Name,
                    error.Traceback
                );
            case ExecutionFailure.Died(var block, var message):
                return new LogEntry(
                    EntryLevel.Error,
                    message,
                    File: file,
                    Line: block?.Line,
                    Cell: (block as DocumentBlock.Cell)?.Name
                );
            default:
                return new LogEntry(EntryLevel.Error, ((ExecutionFailure.Unusable)failure).Message);
        }
    }

    private static string Where(DocumentBlock block) =>
        block is DocumentBlock.Inline inline ? $"`{{python}} {inline.Expression}`: " : "";

    // The innermost place in the document, which may be in a function of an earlier cell.
    private static int LineOf(ExecutionError error, DocumentBlock block, QuartoDocument document)
    {
        if (error.Frames.LastOrDefault() is not { } frame)
            return block.Line;
        var cell = document.Cells.FirstOrDefault(cell => cell.Index == frame.Cell);
        return cell is null ? block.Line : cell.SourceLine + frame.Line - 1;
    }
}
