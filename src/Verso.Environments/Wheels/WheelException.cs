namespace Verso.Environments.Wheels;

/// <summary>A wheel that is not installed. The message names it, the entry and the reason.</summary>
internal sealed class WheelException(string message) : Exception(message)
{
    public static WheelException Refused(string wheel, string reason) =>
        new($"{wheel} is not installed: {StrangersText.Plain(reason, most: 500)}");

    public static WheelException Refused(string wheel, string entry, string reason) =>
        Refused(wheel, $"its entry '{StrangersText.Plain(entry, most: 200)}' {reason}");
}
