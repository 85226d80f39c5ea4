using System.IO.Compression;
using System.Xml.Linq;

namespace Verso.Rendering.Tests.Engines.Builtin.Formats;

/// <summary>What a render left, opened.</summary>
internal static class Outputs
{
    /// <summary>The one document with an ending.</summary>
    public static string Document(this Rendering rendering, string extension) =>
        rendering
            .Result.Outputs.Where(output => output.Kind == OutputKind.Document && output.Path.EndsWith(extension))
            .Select(output => output.Path)
            .ShouldHaveSingleItem(string.Join('\n', rendering.Result.Log));

    /// <summary>The XML parts of an Office document whose names match.</summary>
    public static IReadOnlyList<XDocument> Parts(string path, string folder)
    {
        using var zip = ZipFile.OpenRead(path);
        var parts = new List<XDocument>();
        foreach (
            var entry in zip.Entries.Where(entry => entry.FullName.StartsWith(folder) && entry.Name.EndsWith(".xml"))
        )
        {
            using var stream = entry.Open();
            parts.Add(XDocument.Load(stream));
        }
        return parts;
    }

    public static IReadOnlyList<string> Names(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    public static IEnumerable<string> Texts(this XDocument part, string element) =>
        part.Descendants().Where(node => node.Name.LocalName == element).Select(node => node.Value);
}
