using System.Text.RegularExpressions;

namespace Verso.Rendering.Logs.Quarto;

/// <summary>The errors that Quarto itself ends with, as entries.</summary>
internal static partial class QuartoError
{
    public static LogEntry Describe(string text, QuartoPlace place, string? file)
    {
        if (Yaml().Match(text) is { Success: true } yaml)
        {
            var line = int.Parse(yaml.Groups["line"].Value);
            if (yaml.Groups["file"] is { Success: true, Value: var named })
                file = named;
            var reason = yaml.Groups["reason"].Value;
            var hint = reason.StartsWith("bad indentation of a mapping entry")
                ? " A text that holds a colon must stand in quotes."
                : "";
            return Error($"The YAML cannot be read: {reason}.{hint}", text, file, line, place.CellAt(line)?.Name);
        }
        if (Kernel().Match(text) is { Success: true } kernel)
            return Error(
                $"There is no Jupyter kernel '{kernel.Groups["name"].Value}' here; there are: {kernel.Groups["known"].Value}. Name one of these after `jupyter:`.",
                text,
                file,
                place.LineWith("jupyter:")
            );
        if (NoFile().Match(text) is { Success: true } missing)
            return Error(
                $"There is no file '{missing.Groups["name"].Value}'; it is looked for beside the document.",
                text,
                file,
                place.LineWith(missing.Groups["name"].Value)
            );
        if (text.StartsWith("Include directive failed."))
            return Error(
                Sentence(text.Replace("failed. in file", "failed: in file")),
                text,
                file,
                place.LineWith("{{< include")
            );
        return Error(Exhaustion.Explain(text) is { } ran ? $"{Sentence(text)} {ran}" : Sentence(text), text, file);
    }

    /// <summary>With a full stop, and in one line.</summary>
    public static string Sentence(string text)
    {
        text = Spaces().Replace(text.Trim(), " ").Replace(" ,", ",");
        return text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";
    }

    private static LogEntry Error(string message, string raw, string? file, int? line = null, string? cell = null) =>
        new(EntryLevel.Error, message, File: file, Line: line, Cell: cell, Raw: raw);

    [GeneratedRegex(@"^YAMLException: (?<reason>.+?) \((?:(?<file>[^():]+), )?(?<line>[0-9]{1,7}):[0-9]+\)")]
    private static partial Regex Yaml();

    [GeneratedRegex(@"^Jupyter kernel '(?<name>[^']+)' not found\. Known kernels: (?<known>.+?)\. ")]
    private static partial Regex Kernel();

    [GeneratedRegex(@"^(?:File )?'?(?<name>[^']+?)'? not found in resource path")]
    private static partial Regex NoFile();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
