using System.Buffers.Text;
using System.Security.Cryptography;

namespace Verso.Testing;

/// <summary>The text files a wheel carries about itself.</summary>
internal static class WheelText
{
    public static string Metadata(TestWheel wheel)
    {
        List<string> lines = ["Metadata-Version: 2.1", $"Name: {wheel.Name}", $"Version: {wheel.Version}"];
        if (wheel.RequiresPython is not null)
        {
            lines.Add($"Requires-Python: {wheel.RequiresPython}");
        }

        lines.AddRange(wheel.Requires.Select(requirement => $"Requires-Dist: {requirement}"));
        foreach (var (extra, requirements) in wheel.Extras.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            lines.Add($"Provides-Extra: {extra}");
            lines.AddRange(requirements.Select(requirement => $"Requires-Dist: {ForExtra(requirement, extra)}"));
        }

        lines.AddRange(wheel.ExtraMetadata);
        return Join(lines);
    }

    public static string Wheel(string tag)
    {
        var pure = tag.EndsWith("-any", StringComparison.Ordinal);
        List<string> lines =
        [
            "Wheel-Version: 1.0",
            "Generator: verso-testing",
            $"Root-Is-Purelib: {(pure ? "true" : "false")}",
            .. Expand(tag).Select(single => $"Tag: {single}"),
        ];
        return Join(lines);
    }

    public static string EntryPoints(IEnumerable<KeyValuePair<string, string>> consoleScripts)
    {
        var commands = consoleScripts.OrderBy(command => command.Key, StringComparer.Ordinal);
        return Join(["[console_scripts]", .. commands.Select(command => $"{command.Key} = {command.Value}")]);
    }

    public static string Record(IEnumerable<RawEntry> entries, string recordPath)
    {
        var lines = entries
            .Where(entry => entry.Recorded)
            .Select(entry => $"{Quote(entry.Path)},sha256={Hash(entry.Content)},{entry.Content.Length}");
        return Join([.. lines, $"{Quote(recordPath)},,"]);
    }

    private static string ForExtra(string requirement, string extra) =>
        requirement.Split(';', 2, StringSplitOptions.TrimEntries) switch
        {
            [var bare, var marker] => $"{bare}; ({marker}) and extra == \"{extra}\"",
            _ => $"{requirement}; extra == \"{extra}\"",
        };

    // A compressed tag such as py2.py3-none-any stands for each combination of its parts.
    private static IEnumerable<string> Expand(string tag)
    {
        IEnumerable<string> tags = [""];
        foreach (var part in tag.Split('-').Select(part => part.Split('.')))
        {
            tags = [.. tags.SelectMany(_ => part, (start, end) => start.Length == 0 ? end : $"{start}-{end}")];
        }

        return tags;
    }

    private static string Hash(ReadOnlyMemory<byte> content) => Base64Url.EncodeToString(SHA256.HashData(content.Span));

    private static string Quote(string path) =>
        path.AsSpan().ContainsAny(",\"\r\n") ? $"\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : path;

    private static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
