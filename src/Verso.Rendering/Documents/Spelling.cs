namespace Verso.Rendering.Documents;

/// <summary>Finds what somebody may have meant who wrote a word that nobody knows.</summary>
internal static class Spelling
{
    private const int MaxLength = 40;

    /// <returns>The nearest word that is one or two letters away; null when there is none.</returns>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length is < 3 or > MaxLength)
            return null;
        var most = word.Length < 9 ? 1 : 2;
        return known
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(pair => pair.Distance <= most)
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    // Letters added, lost, changed, or exchanged with their neighbour.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        for (var j = 0; j <= b.Length; j++)
            rows[i, j] =
                i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1),
                        rows[i - 1, j - 1]
                            + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1)
                    );
        for (var i = 1; i <= Math.Min(a.Length, b.Length) - 1 && a.Length == b.Length; i++)
            if (a[i - 1] == b[i] && a[i] == b[i - 1] && a[..(i - 1)] == b[..(i - 1)] && a[(i + 1)..] == b[(i + 1)..])
                return 1;
        return rows[a.Length, b.Length];
    }
}
