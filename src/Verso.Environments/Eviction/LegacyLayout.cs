using System.Text.RegularExpressions;
using Verso.Environments.Store;

namespace Verso.Environments.Eviction;

/// <summary>
/// What stood directly in the store's folder before layouts had versions: virtualenvs named by a hash, and their locks.
/// </summary>
internal static partial class LegacyLayout
{
    public static IEnumerable<Evicted> Remove(string storeDirectory, bool dryRun)
    {
        foreach (var path in Directory.GetDirectories(storeDirectory))
        {
            if (!Hash().IsMatch(Path.GetFileName(path)))
                continue;
            yield return Leftovers.Measure(path);
            if (!dryRun)
                Directory.Delete(path, recursive: true);
        }
        foreach (var file in new DirectoryInfo(storeDirectory).GetFiles("*.lock"))
        {
            if (!Hash().IsMatch(Path.GetFileNameWithoutExtension(file.Name)))
                continue;
            yield return new Evicted(EvictedKind.Leftover, file.FullName, new DiskSpace(file.Length, 1));
            if (!dryRun)
                file.Delete();
        }
    }

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Hash();
}
