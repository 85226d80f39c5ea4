using System.Text.RegularExpressions;

namespace Verso.Cli.Tests;

/// <summary>Takes out of a program's output what differs from run to run, and from machine to machine.</summary>
internal sealed partial class Transcript(TemporaryDirectory place, Installation installation)
{
    public string Filter(string text)
    {
        text = text.Replace("\r\n", "\n")
            .Replace(installation.Wheelhouse, "{wheelhouse}")
            .Replace(installation.Index, "{index}")
            .Replace(installation.Quarto, "{quarto}")
            .Replace(installation.ClosedIndex, "{closed-index}")
            .Replace(new Uri(installation.ClosedIndex).Authority, "{closed-host}")
            .Replace(place.Path, "{place}");
        text = Timings().Replace(text, match => Number().Replace(match.Value, ": {n}"));
        text = MeasuredMember().Replace(text, "$1: {n}");
        text = Seconds().Replace(text, "{n} s");
        text = Size().Replace(text, match => "{size}".PadRight(match.Length));
        text = Instant().Replace(text, "{time}");
        text = Minute().Replace(text, "yyyy-mm-dd hh:mm"); // as wide as what it stands for, as tables are aligned
        text = Key().Replace(text, "{key}");
        text = ShortKey().Replace(text, "xxxxxxxxxxxx");
        text = PythonVersion().Replace(text, "3.x.y");
        text = PandocVersion().Replace(text, "pandoc x.y");
        return Stack().Replace(text, "");
    }

    [GeneratedRegex(
        """
            "timings": \{[^}]*\}
            """
    )]
    private static partial Regex Timings();

    [GeneratedRegex(@": [0-9.]+")]
    private static partial Regex Number();

    [GeneratedRegex("""("(?:seconds|buildSeconds|size|bytes|files)"): [0-9.]+""")]
    private static partial Regex MeasuredMember();

    [GeneratedRegex(@"\b[0-9]+\.[0-9] s\b")]
    private static partial Regex Seconds();

    // What is compiled has a size of its own in each Python.
    [GeneratedRegex(@"\b[0-9.]+ (?:B|KiB|MiB)(?=\W|$) *")]
    private static partial Regex Size();

    [GeneratedRegex(@"\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9:]+)")]
    private static partial Regex Instant();

    [GeneratedRegex(@"\b[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}\b")]
    private static partial Regex Minute();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Key();

    [GeneratedRegex(@"\b[0-9a-f]{12}\b")]
    private static partial Regex ShortKey();

    [GeneratedRegex(@"\b3\.[0-9]+\.[0-9]+\b")]
    private static partial Regex PythonVersion();

    [GeneratedRegex(@"\bpandoc [0-9][0-9.]*")]
    private static partial Regex PandocVersion();

    // Which of the curated packages a machine has.
    [GeneratedRegex(", (?:with the curated stack|without [a-z0-9, -]+)")]
    private static partial Regex Stack();
}
