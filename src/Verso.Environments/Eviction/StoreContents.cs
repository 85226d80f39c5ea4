using Verso.Environments.Store;
using Verso.Environments.Wheels;

namespace Verso.Environments.Eviction;

/// <summary>What the store holds and what that takes up, with hard links counted once.</summary>
internal sealed class StoreContents
{
    private readonly EnvironmentFiles _files;
    private readonly WheelStore _wheels;
    private readonly IReadOnlyList<PythonEnvironment> _environments;
    private readonly IReadOnlyDictionary<WheelKey, (DiskSpace Space, DateTime LastUsed)> _stored;
    private readonly IReadOnlyList<FileInfo> _downloads;
    private readonly Dictionary<WheelKey, int> _links;

    /// <param name="environments">The most recently used first.</param>
    public StoreContents(
        IEnumerable<PythonEnvironment> environments,
        EnvironmentFiles files,
        WheelStore wheels,
        StoreLayout layout
    )
    {
        (_files, _wheels) = (files, wheels);
        _environments = [.. environments.Reverse()];
        _stored = wheels.List().ToDictionary(wheel => wheel.Key, wheel => (wheel.Space, wheel.LastUsed));
        _downloads =
        [
            .. new DirectoryInfo(layout.DownloadedFiles)
                .GetFiles()
                .Where(file => file.Exists && !file.Name.EndsWith(".tmp")) // others may be downloading it
                .OrderBy(file => file.LastWriteTimeUtc),
        ];
        _links = _environments.SelectMany(WheelsOf).CountBy(key => key).ToDictionary();
        var store = Sum([
            .. _environments.Select(environment => environment.Record.Own),
            .. _stored.Values.Select(wheel => wheel.Space),
            .. _downloads.Select(Space),
        ]);
        var (used, whole) = Volume.Of(layout.Root);
        Usage = new Usage(store, used, whole);
    }

    public Usage Usage { get; }

    /// <summary>
    /// What may go, in order: downloads, which have been unpacked; wheels that nothing is linked from; then environments,
    /// each followed by the wheels that only it was linked from.
    /// </summary>
    public IEnumerable<Candidate> Candidates()
    {
        foreach (var file in _downloads)
            yield return new Candidate(
                new Evicted(EvictedKind.Download, file.Name, Space(file)),
                dryRun =>
                {
                    if (!dryRun)
                        file.Delete();
                    return true;
                }
            );
        foreach (
            var (key, _) in _stored
                .Where(wheel => !_links.ContainsKey(wheel.Key))
                .OrderBy(wheel => wheel.Value.LastUsed)
        )
            yield return Of(key);
        foreach (var environment in _environments)
        {
            var candidate = new Candidate(
                new Evicted(EvictedKind.Environment, environment.Key, environment.Record.Own),
                dryRun => _files.TryDelete(environment.Key, dryRun)
            );
            yield return candidate;
            if (!candidate.IsRemoved)
                continue;
            foreach (var key in WheelsOf(environment))
                if (--_links[key] == 0 && _stored.ContainsKey(key))
                    yield return Of(key);
        }
    }

    private Candidate Of(WheelKey key) =>
        new(
            new Evicted(EvictedKind.Wheel, $"{key.CacheTag}/{key.Sha256}", _stored[key].Space),
            dryRun => _wheels.TryDelete(key, dryRun)
        );

    private static IEnumerable<WheelKey> WheelsOf(PythonEnvironment environment) =>
        environment.Record.Packages.Select(pin => new WheelKey(environment.Record.CacheTag, pin.Sha256));

    private static DiskSpace Space(FileInfo file) => new(file.Length, 1);

    private static DiskSpace Sum(IEnumerable<DiskSpace> spaces) =>
        spaces.Aggregate(default(DiskSpace), (sum, space) => sum + space);
}
