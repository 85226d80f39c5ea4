using Verso.Sandboxing;

namespace Verso.Server.Compiling.Disk;

/// <summary>Removes folders that strangers filled: out of the way at once, then with one program for all of them.</summary>
internal sealed class Trash(CompileLayout layout) : IAsyncDisposable
{
    private readonly string _folder = layout.NewStaging();
    private int _count;

    public async Task TakeAsync(string folder)
    {
        Directory.CreateDirectory(_folder);
        try
        {
            Directory.Move(folder, Path.Combine(_folder, $"{_count++}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // One that its maker locked cannot be moved.
            await FolderTree.DeleteAsync(folder);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_count > 0)
            await FolderTree.DeleteAsync(_folder);
    }
}
