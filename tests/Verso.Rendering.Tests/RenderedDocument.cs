namespace Verso.Rendering.Tests;

/// <summary>A document that is rendered once for all tests of a class.</summary>
public abstract class RenderedDocument : IAsyncLifetime
{
    private readonly Project _project = new();
    private Rendering? _rendering;

    protected abstract string Text { get; }

    public Rendering Rendering => _rendering!;

    protected virtual void Prepare(Project project) { }

    public async ValueTask InitializeAsync()
    {
        Prepare(_project);
        _rendering = await _project.RenderAsync(Text);
    }

    public ValueTask DisposeAsync()
    {
        _project.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
