using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Verso.Testing;

/// <summary>A wheel or source archive in an index's directory.</summary>
internal sealed record Distribution(string Path, string Project)
{
    private const string RequiresPythonField = "Requires-Python:";

    public string Name => System.IO.Path.GetFileName(Path);

    public static IEnumerable<Distribution> In(string directory) =>
        from path in Directory.EnumerateFiles(System.IO.Path.GetFullPath(directory)).Order(StringComparer.Ordinal)
        let project = ProjectName.OfFile(System.IO.Path.GetFileName(path))
        where project is not null
        select new Distribution(path, project);

    public string Sha256()
    {
        using var stream = File.OpenRead(Path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>What the metadata says; null when it says nothing or the file is no sound archive.</summary>
    public string? RequiresPython()
    {
        try
        {
            using var stream = File.OpenRead(Path);
            return Path.EndsWith(".whl", StringComparison.Ordinal) ? OfWheel(stream) : OfSource(stream);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static string? OfWheel(Stream stream)
    {
        using var archive = new ZipArchive(stream);
        var metadata = archive.Entries.FirstOrDefault(entry =>
            entry.FullName.EndsWith(".dist-info/METADATA", StringComparison.Ordinal)
        );
        return metadata is null ? null : Find(metadata.Open());
    }

    private static string? OfSource(Stream stream)
    {
        using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        using var archive = new TarReader(unzipped);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content && entry.Name.Split('/') is [_, "PKG-INFO"])
            {
                return Find(content);
            }
        }

        return null;
    }

    private static string? Find(Stream metadata)
    {
        using var reader = new StreamReader(metadata);
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            if (line.StartsWith(RequiresPythonField, StringComparison.OrdinalIgnoreCase))
            {
                return line[RequiresPythonField.Length..].Trim();
            }
        }

        return null;
    }
}
