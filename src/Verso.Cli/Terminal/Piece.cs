namespace Verso.Cli.Terminal;

internal enum Tone
{
    Plain,
    Strong,
    Quiet,
    Good,
    Caution,
    Bad,
}

/// <summary>A part of a line, and how it is meant.</summary>
internal readonly record struct Piece(string Text, Tone Tone)
{
    public static implicit operator Piece(string text) => new(text, Tone.Plain);
}
