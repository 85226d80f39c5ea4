namespace Verso.Environments.Gateway;

internal static class Sha256
{
    /// <returns>The hash in lower case, or null if the text is none.</returns>
    public static string? Normalize(string? text) =>
        text is { Length: 64 } && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;
}
