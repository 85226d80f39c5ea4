namespace Verso.Cli.Terminal;

/// <summary>What somebody may have meant who mistyped a name.</summary>
internal static class Spelling
{
    private const int MostEdits = 2;

    /// <returns>A question, or nothing when no name is near.</returns>
    public static string DidYouMean(string typed, IEnumerable<string> names) =>
        names.Select(name => (Name: name, Edits: Edits(typed, name))).OrderBy(near => near.Edits).FirstOrDefault()
            is { Name: { } name, Edits: var edits }
        && edits <= Math.Min(MostEdits, name.TrimStart('-').Length / 2)
            ? $" Did you mean '{name}'?"
            : "";

    // Letters to insert, leave out or replace.
    private static int Edits(string first, string second)
    {
        var row = Enumerable.Range(0, second.Length + 1).ToArray();
        foreach (var letter in first)
        {
            var diagonal = row[0]++;
            for (var i = 1; i <= second.Length; i++)
                (diagonal, row[i]) = (
                    row[i],
                    Math.Min(diagonal + (letter == second[i - 1] ? 0 : 1), Math.Min(row[i], row[i - 1]) + 1)
                );
        }
        return row[^1];
    }
}
