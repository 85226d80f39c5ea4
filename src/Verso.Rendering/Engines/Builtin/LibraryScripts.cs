using System.Text;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>
/// Keeps the scripts that outputs need out of pandoc's way: it would take ten seconds and more over plotly's. Each is
/// put in afterwards, in front of the first output that is shown of those that need it.
/// </summary>
internal sealed class LibraryScripts(IReadOnlyDictionary<string, string> scripts)
{
    // Nothing that a document holds can be mistaken for it.
    private readonly string _token = $"{Guid.NewGuid():N}";
    private readonly HashSet<string> _marked = [];

    /// <summary>HTML for in front of an output; empty when its script stands there already.</summary>
    public string Mark(string? name) =>
        name is not null && scripts.ContainsKey(name) && _marked.Add(name) ? Placeholder(name) : "";

    /// <summary>Puts the scripts that were marked into the finished file.</summary>
    public async Task FillAsync(string path, CancellationToken cancellationToken)
    {
        if (_marked.Count == 0)
            return;
        var html = await ReadAsync(path, cancellationToken);
        foreach (var name in _marked)
            html = html.Replace(Placeholder(name), $"<script>{scripts[name]}</script>");
        // A new file: nothing is written through what pandoc's sandbox may have left there.
        File.Delete(path);
        await File.WriteAllTextAsync(path, html, cancellationToken);
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = RegularFile.Open(path) ?? throw new IOException("pandoc made no regular file.");
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private string Placeholder(string name) => $"<!--{_token} {Convert.ToHexString(Encoding.UTF8.GetBytes(name))}-->\n";
}
