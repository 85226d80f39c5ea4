using AngleSharp.Html.Parser;
using Verso.Environments;
using Verso.Environments.Store;
using Verso.Rendering.Engines;
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

    /// <summary>Without Quarto unless told otherwise, wherever it is installed.</summary>
    public RenderingOptions Options { get; init; } = new() { Engine = EngineChoice.Builtin };

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
        var request = new RenderRequest(Write(name, text), outputDirectory, AllowInstall);
        return await RenderAsync(request, progress);
    }

    public async Task<Rendering> RenderAsync(RenderRequest request, IProgress<RenderProgress>? progress = null)
    {
        var options = Environments with { StoreDirectory = _store.Path };
        var engine = EngineSelection.Choose(
            Options with
            {
                CacheDirectory = _store.Combine("renders"),
            },
            Sandbox,
            TimeProvider.System
        );
        await using var store = new EnvironmentStore(options, Index, Sandbox, TimeProvider.System);
        var renderer = new Renderer(store, engine, Sandbox, TimeProvider.System);
        var result = await renderer.RenderAsync(request, progress, TestContext.Current.CancellationToken);
        var html = result.Outputs.FirstOrDefault(output => output is { Kind: OutputKind.Document, Type: "text/html" });
        var log = result.Outputs.SingleOrDefault(output => output.Kind == OutputKind.Log);
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
