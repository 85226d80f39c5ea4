namespace Verso.Environments.Wheels;

/// <summary>A wheel that is not installed. The message names it, the entry and the reason.</summary>
internal sealed class WheelException(string message) : Exception(message)
{
    public static WheelException Refused(string wheel, string reason) => new($"{wheel} is not installed: {reason}");

    public static WheelException Refused(string wheel, string entry, string reason) =>
        Refused(wheel, $"its entry '{Printable(entry)}' {reason}");

    // An entry's name is a stranger's: no control characters into a log, and no novels.
    private static string Printable(string text)
    {
        var plain = string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
        return plain.Length <= 200 ? plain : plain[..200] + "…";
    }
}
