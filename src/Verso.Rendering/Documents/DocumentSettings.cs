namespace Verso.Rendering.Documents;

/// <summary>What the front matter says for one output format: under <c>format:</c> first, then at the top.</summary>
public sealed class DocumentSettings(YamlMap frontMatter, string format)
{
    private readonly YamlMap _format = frontMatter.Map("format")?.Map(format) ?? YamlMap.Empty;
    private readonly YamlMap _execute = frontMatter.Map("execute") ?? YamlMap.Empty;

    public string? Text(string key) => _format.Text(key) ?? frontMatter.Text(key);

    public bool? Flag(string key) => _format.Flag(key) ?? frontMatter.Flag(key);

    public double? Number(string key) => _format.Number(key) ?? _execute.Number(key) ?? frontMatter.Number(key);

    public bool Has(string key) => _format.Has(key) || frontMatter.Has(key);

    public string? Execute(string key) => _format.Map("execute")?.Text(key) ?? _execute.Text(key);

    public bool? ExecuteFlag(string key) => _format.Map("execute")?.Flag(key) ?? _execute.Flag(key);
}
