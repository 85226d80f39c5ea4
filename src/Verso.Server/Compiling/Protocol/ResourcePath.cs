using System.Text;

namespace Verso.Server.Compiling.Protocol;

/// <summary>Paths that others name: of resources, and of outputs.</summary>
internal static class ResourcePath
{
    private const int MostBytes = 1024;
    private const int MostBytesOfName = 200;
    private const int MostFolders = 50;

    /// <summary>What is wrong with it, after "The path '…'"; null when it stays where it belongs.</summary>
    public static string? Fault(string path)
    {
        if (path.Length == 0)
            return "is empty";
        if (path[0] == '/')
            return "is absolute; it must be relative to the project";
        if (path.Any(char.IsControl))
            return "has control characters";
        // What a lone surrogate is read as.
        if (path.EnumerateRunes().Contains(Rune.ReplacementChar))
            return "is no Unicode text";
        if (Encoding.UTF8.GetByteCount(path) > MostBytes)
            return $"has more than {MostBytes} bytes";
        var names = path.Split('/');
        if (names.Length > MostFolders)
            return $"leads through more than {MostFolders} folders";
        if (names.Any(name => name is "" or "." or ".."))
            return "has empty parts, '.' or '..'";
        return names.Any(name => Encoding.UTF8.GetByteCount(name) > MostBytesOfName)
            ? $"has a name of more than {MostBytesOfName} bytes"
            : null;
    }
}
