namespace Verso.Rendering.Documents;

/// <summary>
/// What a document and its project say for one output format: of each, under <c>format:</c> first, then for all of them.
/// </summary>
/// <param name="layers">The document's front matter first, then what stands behind it.</param>
public sealed class DocumentSettings(IEnumerable<YamlMap> layers, string format)
{
    public DocumentSettings(YamlMap frontMatter, string format)
        : this([frontMatter], format) { }

    /// <summary>Where a setting may stand; the first that has it counts.</summary>
    public IReadOnlyList<YamlMap> Maps { get; } =
    [
        .. layers
            .SelectMany(layer =>
                new[]
                {
                    layer.Map("format")?.Map(format)?.Map("execute"),
                    layer.Map("format")?.Map(format),
                    layer.Map("execute"),
                    layer,
                }
            )
            .OfType<YamlMap>(),
    ];

    /// <summary>Whether figures have the room of a slide.</summary>
    public bool IsForSlides => format is "revealjs" or "pptx";

    public string? Text(string key) => Maps.Select(map => map.Text(key)).FirstOrDefault(text => text is not null);

    public IReadOnlyList<string> Texts(string key) => Maps.FirstOrDefault(map => map.Has(key))?.Texts(key) ?? [];

    public YamlMap? Map(string key) => Maps.Select(map => map.Map(key)).FirstOrDefault(map => map is not null);

    public bool? Flag(string key) => Maps.Select(map => map.Flag(key)).FirstOrDefault(flag => flag is not null);

    public double? Number(string key) =>
        Maps.Select(map => map.Number(key)).FirstOrDefault(number => number is not null);

    public double? Inches(string key) =>
        Maps.Select(map => CellOption.InchesOf(map, key)).FirstOrDefault(inches => inches is not null);

    public bool Has(string key) => Maps.Any(map => map.Has(key));
}
