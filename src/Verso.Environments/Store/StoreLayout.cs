using Verso.Sandboxing;

namespace Verso.Environments.Store;

/// <summary>
/// Where things stand in the store, under a folder that names the layout so that a later one never misreads it:
/// <code>
/// v1/resolutions/&lt;requirements key&gt;.json   what a set of requirements resolved to
/// v1/environments/&lt;environment key&gt;/       the virtualenv, made at its final path
/// v1/environments/&lt;environment key&gt;.json   its record, written last: no record, no environment
/// v1/locks/&lt;key&gt;.lock                      flock: shared by renders, exclusive to build or delete; deleted by who has it alone
/// v1/used/&lt;environment key&gt;                touched on use
/// v1/projects/&lt;hash of path&gt;.json         the resolution that a project on this machine keeps
/// v1/failures/&lt;requirements key&gt;.json      why a build failed, for a while
/// v1/logs/&lt;key&gt;.log                        the latest build's output, followed live by those who wait for it
/// v1/interpreters/&lt;hash of path&gt;.json      what was found out about a base interpreter
/// v1/files/&lt;sha256&gt;                       a file downloaded from the package index, named by its content; written beside
///                                          its place (.tmp), flushed, renamed; touched on use, the oldest removed first
/// v1/wheels/&lt;cache tag&gt;/&lt;sha256&gt;/        a wheel unpacked and compiled for one Python, made in staging and renamed;
///                                          environments hold hard links to its files, so nothing may write to them
/// v1/locks/wheel-&lt;sha256&gt;.&lt;cache tag&gt;.lock  flock: shared to link from a wheel, exclusive to make or delete it
/// v1/staging/&lt;random&gt;/                     what a running build needs for a while, with its maker's lock (StagingDirectory)
/// </code>
/// </summary>
public sealed class StoreLayout(EnvironmentsOptions options)
{
    private readonly string _root = Path.Combine(options.StoreDirectory, "v1");

    /// <summary>Of this layout.</summary>
    public string Root => _root;

    /// <summary>Where layouts stand beside each other.</summary>
    public string StoreDirectory => options.StoreDirectory;

    public string Environments => Path.Combine(_root, "environments");

    public string EnvironmentDirectory(string key) => Path.Combine(Environments, key);

    public string RecordFile(string key) => Path.Combine(Environments, key + ".json");

    public string Resolutions => Path.Combine(_root, "resolutions");

    public string ResolutionFile(string key) => Path.Combine(Resolutions, key + ".json");

    public string Projects => Path.Combine(_root, "projects");

    public string Failures => Path.Combine(_root, "failures");

    public string FailureFile(string key) => Path.Combine(Failures, key + ".json");

    public string Locks => Path.Combine(_root, "locks");

    public string LockFile(string key) => Path.Combine(Locks, key + ".lock");

    /// <summary>Whether what a lock's file guards is there; else nobody misses the file who does not hold it.</summary>
    public bool IsLockOfSomething(string lockFile)
    {
        if (lockFile == EvictionLockFile)
            return true;
        var name = Path.GetFileNameWithoutExtension(lockFile);
        return name.Split('-', '.') is ["wheel", var sha256, ..]
            ? Directory.Exists(WheelDirectory(sha256, name[$"wheel-{sha256}.".Length..]))
            : File.Exists(RecordFile(name))
                || Directory.Exists(EnvironmentDirectory(name))
                || File.Exists(ResolutionFile(name));
    }

    /// <summary>Held by whoever removes what nobody uses.</summary>
    public string EvictionLockFile => LockFile("eviction");

    public string UsedFile(string key) => Path.Combine(_root, "used", key);

    public string Logs => Path.Combine(_root, "logs");

    public string LogFile(string key) => Path.Combine(Logs, key + ".log");

    public string Interpreters => Path.Combine(_root, "interpreters");

    public string InterpreterFile(string hash) => Path.Combine(Interpreters, hash + ".json");

    public string DownloadedFiles => Path.Combine(_root, "files");

    public string DownloadedFile(string sha256) => Path.Combine(DownloadedFiles, sha256);

    public string Wheels => Path.Combine(_root, "wheels");

    /// <param name="cacheTag">Compiled files are one Python's, <see cref="Interpreters.BaseInterpreter.CacheTag"/>.</param>
    public string WheelDirectory(string sha256, string cacheTag) => Path.Combine(Wheels, cacheTag, sha256);

    public string WheelLockFile(string sha256, string cacheTag) =>
        Path.Combine(Locks, $"wheel-{sha256}.{cacheTag}.lock");

    public string Staging => Path.Combine(_root, "staging");

    public StagingDirectory NewStagingDirectory() => StagingDirectory.Create(Staging);

    /// <exception cref="IOException">The store's place cannot be written; the message says so.</exception>
    public void Create()
    {
        try
        {
            foreach (
                var folder in (string[])
                    [
                        .. (string[])["environments", "resolutions", "projects", "failures", "locks", "used", "logs"],
                        .. (string[])["interpreters", "files", "wheels", "staging"],
                    ]
            )
                Directory.CreateDirectory(Path.Combine(_root, folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The store of environments cannot be written at {options.StoreDirectory}: {e.Message}",
                e
            );
        }
    }
}
