using System.Collections.Concurrent;
using System.IO.Compression;
using Verso.Environments.Gateway;

namespace Verso.Environments.Modules;

/// <summary>
/// What the wheels in the wheelhouses bring, by their RECORDs. Read when it is asked for; a wheel is read again only when
/// its size or time changes.
/// </summary>
public sealed class WheelhouseModules(IReadOnlyList<string> folders) : IModuleSource
{
    private const int MaxRecordBytes = 32 << 20;

    private readonly ConcurrentDictionary<string, Wheel> _known = new();

    public IReadOnlyCollection<string> PackagesOf(string module) =>
        [
            .. folders
                .SelectMany(Wheels)
                .Where(wheel => wheel.Modules.Any(name => RecordedModules.Answers(name, module)))
                .Select(wheel => wheel.Package)
                .Distinct(),
        ];

    /// <summary>Of all packages that the folders hold, normalised.</summary>
    public IEnumerable<string> Packages() => folders.SelectMany(Wheels).Select(wheel => wheel.Package).Distinct();

    private IEnumerable<Wheel> Wheels(string folder)
    {
        FileInfo[] files;
        try
        {
            files = new DirectoryInfo(folder).GetFiles("*.whl");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // who needs the packages in it will be told
        }
        return files.Select(Read).OfType<Wheel>();
    }

    private Wheel? Read(FileInfo file)
    {
        if (DistributionName.ProjectsOf(file.Name).FirstOrDefault() is not { } package)
            return null;
        var (size, time) = (file.Length, file.LastWriteTimeUtc);
        if (_known.TryGetValue(file.FullName, out var known) && (known.Size, known.Time) == (size, time))
            return known;
        return _known[file.FullName] = new Wheel(package, size, time, Modules(file.FullName));
    }

    private static HashSet<string> Modules(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var record = archive.Entries.FirstOrDefault(entry =>
                entry.FullName.Split('/') is [var folder, "RECORD"] && folder.EndsWith(".dist-info")
            );
            if (record is null || record.Length > MaxRecordBytes)
                return [];
            using var reader = new StreamReader(record.Open());
            return [.. RecordedModules.In(reader)];
        }
        catch (Exception e)
            when (e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            return []; // no sound wheel brings anything
        }
    }

    private sealed record Wheel(string Package, long Size, DateTime Time, HashSet<string> Modules);
}
