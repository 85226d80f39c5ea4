namespace Verso.Rendering.Engines.Builtin;

/// <summary>Leads from the lines of what pandoc reads back to the document's.</summary>
internal sealed class LineMap
{
    private readonly List<(int Composed, int Source, bool Advances)> _stretches = [];

    /// <param name="composed">The line of the composed text on which a stretch begins, from 1.</param>
    /// <param name="source">The document's line that it comes from.</param>
    /// <param name="advances">Whether each line is one of the document's; all are of the one line otherwise.</param>
    public void Add(int composed, int source, bool advances) => _stretches.Add((composed, source, advances));

    /// <returns>The document's line, or null when it has none there.</returns>
    public int? SourceOf(int composed)
    {
        var index = _stretches.FindLastIndex(stretch => stretch.Composed <= composed);
        return index < 0 ? null
            : _stretches[index] is { Advances: true } stretch ? stretch.Source + composed - stretch.Composed
            : _stretches[index].Source;
    }
}
