using AngleSharp.Html.Parser;
using Verso.Environments;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Rendering.Tests;

/// <summary>A folder with a document, rendered as the program does it.</summary>
public sealed class Project : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly TemporaryDirectory _store = new();

    public EnvironmentsOptions Environments { get; init; } = new();

    public PackageIndexOptions Index { get; init; } = new() { Upstream = "" };

    public bool AllowInstall { get; init; } = true;

    public string Write(string relative, string text) => _folder.Write(relative, text);

    public Sandbox Sandbox { get; init; } = new(new SandboxOptions());

    public string PathOf(string relative) => _folder.Combine(relative);

    /// <param name="text">What the document holds.</param>
    /// <param name="outputDirectory">Beside the document unless given.</param>
    public async Task<Rendering> RenderAsync(
        string text,
        string name = "report.qmd",
        string? outputDirectory = null,
        IProgress<RenderProgress>? progress = null
    )
    {
        var path = Write(name, text);
        var options = Environments with { StoreDirectory = _store.Path };
        var store = new EnvironmentStore(options, Index, Sandbox, TimeProvider.System);
        var renderer = new Renderer(store, Sandbox, TimeProvider.System);
        var request = new RenderRequest(path, outputDirectory, AllowInstall);
        var result = await renderer.RenderAsync(request, progress, TestContext.Current.CancellationToken);
        var html = result.Outputs.SingleOrDefault(output => output.Type == "text/html");
        var log = result.Outputs.SingleOrDefault(output => output.Type == "text/plain");
        return new Rendering(
            result,
            html is null ? null : new HtmlParser().ParseDocument(await File.ReadAllTextAsync(html.Path)),
            log is null ? "" : await File.ReadAllTextAsync(log.Path)
        );
    }

    public void Dispose()
    {
        _folder.Dispose();
        _store.Dispose();
    }
}
