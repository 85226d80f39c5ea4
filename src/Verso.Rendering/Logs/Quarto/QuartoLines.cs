using System.Text.RegularExpressions;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>The lines of a log of Quarto, taken one by one or many at once.</summary>
internal sealed partial class QuartoLines(string log)
{
    private readonly string[] _lines = QuartoText.Lines(log);
    private int _next;

    public bool AtEnd => _next == _lines.Length;

    public string Peek => _lines[_next];

    public string Take() => _lines[_next++].TrimEnd();

    public IReadOnlyList<string> TakeWhile(Func<string, bool> belongs)
    {
        var start = _next;
        while (!AtEnd && belongs(Peek))
            _next++;
        return _lines[start.._next];
    }

    /// <summary>What a message goes on with until an empty line, or the lines around its fault.</summary>
    public IReadOnlyList<string> TakeMessage() =>
        [.. TakeWhile(line => line.Trim().Length > 0 && !IsExcerpt(line.Trim())).Select(line => line.Trim())];

    public IReadOnlyList<string> TakeIndented() => TakeWhile(line => line.StartsWith("  "));

    /// <summary>Passes over the lines around a fault, and Quarto's own stack trace.</summary>
    public void SkipExcerpt() => TakeWhile(line => line.Trim() is "" or "Stack trace:" || IsExcerpt(line));

    /// <summary>What Quarto and Jupyter say when all is well, and what is said better by other lines.</summary>
    public static bool IsNoise(string line) => Noise().IsMatch(line);

    private static bool IsExcerpt(string line) => Excerpt().IsMatch(line);

    [GeneratedRegex(@"^\s*(?:at (?:async )?\S.*\(file://|at async file://|[0-9]+: |[0-9]+ \||-+\^|~+$|Stack trace:)")]
    private static partial Regex Excerpt();

    [GeneratedRegex(
        @"^\s*$|\[IPKernelApp\] |^[0-9]{4}-[0-9][0-9]-[0-9][0-9] .* - traitlets - |^Output created: |^Rendering PDF$|^running \w+ - [0-9]+$"
            + @"|^Python 3 installation:$|^\{\}$|^Jupyter is not available |^Install with |^Kernel died|^No such kernel named "
            + @"|^Please run 'quarto install tinytex'|^If you prefer, you may install TexLive|^Unable to locate an installed version of R\.|^Install R from "
    )]
    private static partial Regex Noise();
}
