using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Environments.Modules;

/// <summary>
/// What finished environments hold, by the RECORDs in them. A package may claim any module it likes, so this is for the
/// people who had them installed, and for nobody else.
/// </summary>
/// <param name="environments">Those of one owner, the most recently used first.</param>
public sealed class StoreModules(Func<IEnumerable<PythonEnvironment>> environments) : IModuleSource
{
    private const int MaxEnvironments = 50;

    public IReadOnlyCollection<string> PackagesOf(string module) =>
        [
            .. environments()
                .Take(MaxEnvironments)
                .SelectMany(Distributions)
                .DistinctBy(Path.GetFileName) // one version of a package is the same everywhere
                .Where(distribution => Brings(distribution, module))
                .Select(distribution => PackageName.Normalize(Path.GetFileName(distribution).Split('-')[0]))
                .Distinct(),
        ];

    private static IEnumerable<string> Distributions(PythonEnvironment environment)
    {
        var libraries = Path.Combine(environment.Directory, "lib");
        return Directory.Exists(libraries)
            ? Directory
                .EnumerateDirectories(libraries, "python3*")
                .Select(python => Path.Combine(python, "site-packages"))
                .Where(Directory.Exists)
                .SelectMany(packages => Directory.EnumerateDirectories(packages, "*.dist-info"))
            : [];
    }

    private static bool Brings(string distribution, string module)
    {
        try
        {
            using var record = new StreamReader(Path.Combine(distribution, "RECORD"));
            return RecordedModules.In(record).Any(name => RecordedModules.Answers(name, module));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it is being deleted
        }
    }
}
