using System.Text;
using Verso.Rendering.Engines;
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

    /// <param name="usual">The engine's own folder for outputs, which counts unless another was asked for.</param>
    /// <returns>Where it is put.</returns>
    public string Put(EngineOutput output, string usual)
    {
        var path = Path.Combine(request.OutputDirectory is null ? usual : _folder, output.Name);
        if (path == output.Path)
            return path; // made in its place
        Create(Path.GetDirectoryName(path)!);
        Replace(
            path,
            temporary =>
            {
                if (!RegularFile.TryCopy(output.Path, temporary))
                    throw new IOException("The engine left no regular file.");
            }
        );
        return path;
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
        // Not longer than its own name may be.
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".verso-{Guid.NewGuid():N}.tmp");
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
