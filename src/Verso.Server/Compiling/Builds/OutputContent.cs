namespace Verso.Server.Compiling.Builds;

/// <summary>An output that can be read.</summary>
/// <param name="Type">A MIME type.</param>
public sealed record OutputContent(Stream Content, string Type) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
