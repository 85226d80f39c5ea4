namespace Verso.Server.Storage;

internal static class Shortened
{
    /// <summary>The text, or as much of its beginning as fits into a column.</summary>
    public static string To(int most, string text)
    {
        if (text.Length <= most)
            return text;
        var end = most - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + '…';
    }
}
