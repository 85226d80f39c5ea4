using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Verso.Rendering.Documents;

/// <summary>What <c>params:</c> in the front matter sets, after the cell that has the tag <c>parameters</c>.</summary>
internal static class Parameters
{
    private const string Tag = "parameters";

    public static bool AreTakenBy(DocumentBlock.Cell cell) =>
        cell.Options.Texts("tags").SelectMany(tags => tags.Split(',')).Any(tag => tag.Trim() == Tag);

    /// <summary>The cell's code; behind that of the tagged cell the values, which are not shown.</summary>
    public static string Source(DocumentBlock.Cell cell, DocumentSettings settings)
    {
        if (!AreTakenBy(cell) || settings.Map("params") is not { } map)
            return cell.Source;
        var source = new StringBuilder(cell.Source);
        foreach (var (key, value) in map.Node.Children)
            if (key is YamlScalarNode { Value: { } name } && IsName(name))
                source.Append($"\n{name} = {Python(value)}");
        return source.ToString();
    }

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string Python(YamlNode node) =>
        node switch
        {
            YamlSequenceNode list => $"[{string.Join(", ", list.Select(Python))}]",
            YamlMappingNode map =>
                $"{{{string.Join(", ", map.Select(pair => $"{Python(pair.Key)}: {Python(pair.Value)}"))}}}",
            YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
            YamlScalarNode scalar => Quoted(scalar.Value ?? ""),
            _ => "None",
        };

    private static string Plain(string text) =>
        text switch
        {
            "" or "~" or "null" => "None",
            "true" or "True" => "True",
            "false" or "False" => "False",
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                whole.ToString(CultureInfo.InvariantCulture),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && double.IsFinite(number) => number.ToString("R", CultureInfo.InvariantCulture),
            _ => Quoted(text),
        };

    // JSON's way of writing a text is one of Python's, but for characters that take two.
    private static string Quoted(string text) =>
        $"__import__('json').loads({PythonLiteral(JsonSerializer.Serialize(text))})";

    private static string PythonLiteral(string json) => $"'{json.Replace("\\", @"\\").Replace("'", @"\'")}'";
}
