using System.Text;
using Verso.Rendering.Engines;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering;

/// <summary>Where a render's outputs go. Whatever stands there already, or in the way to it, nothing is written through a link.</summary>
internal sealed class OutputPlace(RenderRequest request, string project)
{
    public const string LogHeading = "Verso's log of ";

    private readonly string _folder = Path.GetFullPath(
        request.OutputDirectory
            ?? (Directory.Exists(request.Target) ? request.Target : Path.GetDirectoryName(request.Target)!)
    );

    /// <summary>
    /// The first link on the way there, of those within the project: what leads to the project was chosen by whoever
    /// runs Verso. Null when there is none.
    /// </summary>
    public string? LinkOnTheWay() => LinkOnTheWay(_folder);

    /// <summary>
    /// Puts all outputs where they belong. They are copied beside their places first, so that what can fail fails before
    /// any of the earlier ones is replaced.
    /// </summary>
    /// <returns>Where each is now, in their order.</returns>
    /// <exception cref="IOException">One cannot be put there; none was.</exception>
    public IReadOnlyList<string> Put(EngineResult result)
    {
        var folder = request.OutputDirectory is null ? result.OutputFolder : _folder;
        var paths = result.Outputs.Select(output => Path.Combine(folder, output.Name)).ToList();
        var ready = new List<(string Temporary, string Path)>();
        try
        {
            foreach (var (output, path) in result.Outputs.Zip(paths))
                if (path != output.Path) // else made in its place
                    ready.Add((Prepare(output.Path, path), path));
            foreach (var (temporary, path) in ready)
                File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            foreach (var (temporary, _) in ready)
                File.Delete(temporary);
        }
        foreach (var gone in result.Gone)
            RegularFiles.Delete(folder, gone);
        return paths;
    }

    /// <summary><c>output.log</c>, unless somebody else wrote the one that is there: that is left alone.</summary>
    public string LogPath()
    {
        Create(_folder);
        var usual = Path.Combine(_folder, "output.log");
        using var file = RegularFile.Open(usual);
        return file is null || file.Length == 0 || Begins(file, LogHeading)
            ? usual
            : Path.Combine(_folder, Path.ChangeExtension(Path.GetFileName(request.Target), "output.log"));
    }

    /// <summary>By way of a file beside it, so that an earlier output is replaced whole or not at all, and no link is followed.</summary>
    public static void Replace(string path, Action<string> write)
    {
        var temporary = Beside(path);
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private string Prepare(string source, string path)
    {
        Create(Path.GetDirectoryName(path)!);
        if (EntryStatus.Of(path) is { Kind: EntryKind.Folder })
            throw new IOException(
                $"A folder stands where an output belongs: {path}. Remove it, or give it another name."
            );
        var temporary = Beside(path);
        try
        {
            return RegularFile.TryCopy(source, temporary)
                ? temporary
                : throw new IOException("The engine left no regular file.");
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // Not longer than its own name may be.
    private static string Beside(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".verso-{Guid.NewGuid():N}.tmp");

    // Makes a folder, and looks again: the document's code has run since.
    private void Create(string folder)
    {
        if (LinkOnTheWay(folder) is { } link)
            throw new IOException($"Nothing is written through a link, {link}.");
        Directory.CreateDirectory(folder);
    }

    private string? LinkOnTheWay(string folder)
    {
        for (var at = folder; IsWithin(at, project) || IsWithin(at, _folder); at = Path.GetDirectoryName(at)!)
            if (EntryStatus.Of(at) is { Kind: EntryKind.Link })
                return Path.GetRelativePath(project, at);
        return null;
    }

    private static bool IsWithin(string path, string folder) => path.StartsWith(folder + '/', StringComparison.Ordinal);

    private static bool Begins(FileStream file, string text)
    {
        var start = new byte[Encoding.UTF8.GetByteCount(text)];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && Encoding.UTF8.GetString(start) == text;
    }
}
