namespace Verso.Server.Settings;

/// <summary>A scheme, host and port alone, such as <c>https://verso.example.org</c>.</summary>
internal static class Origin
{
    public static bool IsOne(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" };
}
