using Spectre.Console;

namespace Verso.Cli.Terminal;

/// <summary>Standard output or standard error: coloured on a terminal that wants it, else plain.</summary>
internal sealed class Channel(TextWriter writer, bool isTerminal)
{
    private readonly Lazy<IAnsiConsole>? _console =
        isTerminal && WantsColour ? new Lazy<IAnsiConsole>(() => Create(writer)) : null;

    public bool IsTerminal => isTerminal;

    /// <summary>Columns of the terminal.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth is > 0 and var width ? width : 80;
            }
            catch (IOException)
            {
                return 80; // a terminal that does not know its size
            }
        }
    }

    private static bool WantsColour =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Writes one line. What the pieces hold is shown as text, whatever control characters are in it.</summary>
    public void Line(params IEnumerable<Piece> pieces)
    {
        foreach (var piece in pieces)
            Write(Plain(piece.Text), piece.Tone);
        writer.WriteLine();
    }

    /// <summary>Writes text as it is, without ending the line.</summary>
    public void Raw(string text) => writer.Write(text);

    /// <summary>Without what a terminal would obey: documents and packages choose parts of what is shown.</summary>
    public static string Plain(string text) =>
        text.Any(IsControl) ? string.Concat(text.Where(c => !IsControl(c))) : text;

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private static IAnsiConsole Create(TextWriter writer)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.Standard,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = short.MaxValue; // the terminal wraps lines, so that they can be copied whole
        return console;
    }

    private void Write(string text, Tone tone)
    {
        if (_console is null || tone == Tone.Plain)
            writer.Write(text);
        else
            _console.Value.Write(new Text(text, Styles.Of(tone)));
    }

    // Apart, so that a program without a terminal never loads the library.
    private static class Styles
    {
        public static Style Of(Tone tone) =>
            tone switch
            {
                Tone.Strong => new Style(decoration: Decoration.Bold),
                Tone.Quiet => new Style(decoration: Decoration.Dim),
                Tone.Good => new Style(Color.Green),
                Tone.Caution => new Style(Color.Yellow),
                Tone.Bad => new Style(Color.Red, decoration: Decoration.Bold),
                _ => Style.Plain,
            };
    }
}
