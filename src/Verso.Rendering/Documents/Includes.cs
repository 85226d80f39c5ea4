using System.Text.RegularExpressions;

namespace Verso.Rendering.Documents;

/// <summary>
/// Puts what a document includes (<c>{{&lt; include file &gt;}}</c> on a line of its own, in code too) in the place where
/// it is included, and remembers where each line was written.
/// </summary>
internal sealed partial class Includes(string project, string document)
{
    private const int MaxDepth = 20;
    private const int MaxLines = 1_000_000;
    private const int MaxCharacters = 64 << 20;

    private readonly List<string> _lines = [];
    private readonly List<SourceLine> _places = [];
    private long _characters;

    /// <exception cref="DocumentException">A file that is included is not there, or includes itself.</exception>
    public static (string Text, IReadOnlyList<SourceLine>? Places) Expand(string project, string document, string text)
    {
        if (!text.Contains("include"))
            return (text, null);
        var includes = new Includes(project, document);
        includes.Add(document, text, [document], null);
        return includes._places.All(place => place.Path == document)
            ? (text, null)
            : (string.Join('\n', includes._lines), includes._places);
    }

    /// <param name="within">The files that are being included, the document first.</param>
    /// <param name="outer">The line of the document that leads here.</param>
    private void Add(string path, string text, IReadOnlyList<string> within, int? outer)
    {
        // Counted before it is kept: a small document can include a large file many times.
        if ((_characters += text.Length) > MaxCharacters)
            throw new DocumentException(
                $"what is included has more than {MaxCharacters >> 20} million characters.",
                outer ?? 1
            );
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var first = within.Count > 1 ? AfterFrontMatter(lines) : 0;
        for (var index = first; index < lines.Length; index++)
        {
            var blame = outer ?? index + 1;
            if (Include().Match(lines[index]) is { Success: true } include)
                AddIncluded(include, path, within, blame, index + 1);
            else
            {
                _lines.Add(lines[index]);
                _places.Add(new SourceLine(path, index + 1));
            }
            if (_lines.Count > MaxLines)
                throw new DocumentException($"what is included has more than {MaxLines:N0} lines.", blame);
        }
    }

    private void AddIncluded(Match include, string path, IReadOnlyList<string> within, int blame, int line)
    {
        var name = include.Groups["file"].Value;
        var found = Candidates(name, path)
            .FirstOrDefault(candidate => ProjectFile.TryRead(project, candidate) is not null);
        var where = within.Count > 1 ? $" ({Path.GetRelativePath(project, path)}, line {line}, includes it)" : "";
        if (found is null)
            throw new DocumentException(
                $"the file '{name}' that is to be included here is not in the project{where}.",
                blame
            );
        if (within.Contains(found) || within.Count > MaxDepth)
            throw new DocumentException($"the file '{name}' would be included in itself{where}.", blame);
        Add(found, ProjectFile.TryRead(project, found)!.TrimEnd('\n'), [.. within, found], blame);
    }

    // Beside the file that includes it, or beside the document; from the project's folder with a slash in front.
    private IEnumerable<string> Candidates(string name, string path) =>
        name.StartsWith('/')
            ? [Path.GetFullPath(Path.Combine(project, name.TrimStart('/')))]
            :
            [
                Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, name)),
                Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, name)),
            ];

    private static int AfterFrontMatter(string[] lines)
    {
        if (lines[0].TrimEnd() != "---" || lines.Length > 1 && string.IsNullOrWhiteSpace(lines[1]))
            return 0;
        return Array.FindIndex(lines, 1, line => line.TrimEnd() is "---" or "...") + 1;
    }

    // Not backtracking: a line of spaces would be tried in every way to cut it.
    [GeneratedRegex(
        """^\s*\{\{<\s*include\s+(?:"(?<file>[^"'>]+)"|'(?<file>[^"'>]+)'|(?<file>[^"'>\s](?:[^"'>]*[^"'>\s])?))\s*>\}\}\s*$""",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Include();
}
