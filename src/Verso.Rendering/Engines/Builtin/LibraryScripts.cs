using System.Text;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>
/// Keeps scripts and styles out of pandoc's way: it would take ten seconds and more over plotly's. Each is put in
/// afterwards: what an output needs in front of the first output that is shown of those that need it, the rest where
/// its placeholder stands.
/// </summary>
internal sealed class LibraryScripts(IReadOnlyDictionary<string, string> scripts)
{
    // Nothing that a document holds can be mistaken for it.
    private readonly string _token = $"{Guid.NewGuid():N}";
    private readonly Dictionary<string, string> _aside = [];

    /// <summary>HTML for in front of an output; empty when its script stands there already.</summary>
    public string Mark(string? name) =>
        name is not null && scripts.TryGetValue(name, out var script) && !_aside.ContainsKey(Placeholder(name))
            ? PutAside(name, $"<script>{script}</script>") + "\n"
            : "";

    /// <summary>A placeholder for HTML that pandoc need not read.</summary>
    public string PutAside(string name, string html)
    {
        _aside[Placeholder(name)] = html;
        return Placeholder(name);
    }

    /// <summary>Puts what was kept aside into the finished file.</summary>
    public async Task FillAsync(string path, Rendition rendition, CancellationToken cancellationToken)
    {
        var html = new StringBuilder(AccessibleHtml.Of(await ReadAsync(path, cancellationToken)));
        if (!rendition.Embeds)
            html.Replace(rendition.Files, Uri.EscapeDataString(rendition.FilesName));
        foreach (var (placeholder, content) in _aside)
            html.Replace(placeholder, content);
        // A new file: nothing is written through what pandoc's sandbox may have left there.
        File.Delete(path);
        await File.WriteAllTextAsync(path, html.ToString(), cancellationToken);
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = RegularFile.Open(path) ?? throw new IOException("pandoc made no regular file.");
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private string Placeholder(string name) => $"<!--{_token} {Convert.ToHexString(Encoding.UTF8.GetBytes(name))}-->";
}
