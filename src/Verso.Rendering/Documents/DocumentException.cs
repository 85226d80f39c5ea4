namespace Verso.Rendering.Documents;

/// <summary>A document that cannot be rendered as it is written. The message is a sentence for its author.</summary>
/// <param name="line">Counted from 1; null when no line is to blame.</param>
public sealed class DocumentException(string message, int? line = null) : Exception(message)
{
    public int? Line { get; } = line;
}
