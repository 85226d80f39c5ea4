namespace Verso.Environments;

/// <summary>What a package says, as far as it can stand in a sentence of ours: no control characters into a log, and no novels.</summary>
internal static class StrangersText
{
    /// <param name="most">Characters of it.</param>
    public static string Plain(string text, int most)
    {
        var cut = text.Length <= most ? text : text[..most] + "…";
        return string.Concat(cut.Select(character => char.IsControl(character) ? '?' : character));
    }
}
