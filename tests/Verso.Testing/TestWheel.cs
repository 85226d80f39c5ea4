using System.IO.Compression;
using System.Text;

namespace Verso.Testing;

/// <summary>Builds a wheel, the same bytes each time: a well-formed one, or one that lies.</summary>
public sealed class TestWheel(string name, string version)
{
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Name { get; } = name;

    public string Version { get; } = version;

    public string Tag { get; init; } = "py3-none-any";

    public string? RequiresPython { get; init; }

    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>What each extra requires.</summary>
    public IDictionary<string, IReadOnlyList<string>> Extras { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Text by path; with none given, a module of the wheel's name that knows its version.</summary>
    public IDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The function, as in <c>package.module:function</c>, behind each command.</summary>
    public IDictionary<string, string> ConsoleScripts { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Entries as they are; one with the path of a generated file takes its place.</summary>
    public IList<RawEntry> RawEntries { get; init; } = [];

    /// <summary>Lines that end METADATA's header, unchecked.</summary>
    public IReadOnlyList<string> ExtraMetadata { get; init; } = [];

    public string FileName => $"{ProjectName.ForFile(Name)}-{FileVersion}-{Tag}.whl";

    public string DistInfo => $"{ProjectName.ForFile(Name)}-{FileVersion}.dist-info";

    private string FileVersion => Version.Replace('-', '_');

    /// <summary>Writes the wheel into a directory, created if missing, and returns its path.</summary>
    public string WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        File.WriteAllBytes(path, ToBytes());
        return path;
    }

    public byte[] ToBytes()
    {
        var replaced = RawEntries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        List<RawEntry> entries = [.. Generated().Where(entry => !replaced.Contains(entry.Path)), .. RawEntries];
        var record = $"{DistInfo}/RECORD";
        if (!replaced.Contains(record))
        {
            entries.Add(new RawEntry(record, WheelText.Record(entries, record)));
        }

        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            entries.ForEach(entry => Add(archive, entry));
        }

        return stream.ToArray();
    }

    private IEnumerable<RawEntry> Generated()
    {
        var module = ProjectName.ForFile(Name);
        var files =
            Files.Count > 0
                ? Files
                : new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [$"{module}.py"] = $"__version__ = \"{Version}\"\n",
                };
        foreach (var (path, text) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            yield return new RawEntry(path, text);
        }

        yield return new RawEntry($"{DistInfo}/METADATA", WheelText.Metadata(this));
        yield return new RawEntry($"{DistInfo}/WHEEL", WheelText.Wheel(Tag));
        if (ConsoleScripts.Count > 0)
        {
            yield return new RawEntry($"{DistInfo}/entry_points.txt", WheelText.EntryPoints(ConsoleScripts));
        }
    }

    private static void Add(ZipArchive archive, RawEntry raw)
    {
        // Stored, as what deflate makes of the same bytes differs from one runtime to the next.
        var entry = archive.CreateEntry(raw.Path, CompressionLevel.NoCompression);
        entry.LastWriteTime = Epoch;
        entry.ExternalAttributes = raw.ExternalAttributes;
        using var content = entry.Open();
        content.Write(raw.Content.Span);
    }
}
