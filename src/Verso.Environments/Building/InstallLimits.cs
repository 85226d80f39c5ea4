using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Environments.Building;

/// <summary>Refuses what would be too much to install, as early as that can be told.</summary>
internal static class InstallLimits
{
    private const int LargestNamed = 3;

    /// <summary>Before anything is fetched. A wheel unpacked is no smaller than the file.</summary>
    /// <exception cref="BuildException">A limit is passed; the message names it.</exception>
    public static void Check(IReadOnlyList<Pin> pins, EnvironmentsOptions options)
    {
        if (pins.Count > options.MaxPackages)
            throw new BuildException(
                $"The requirements resolve to {pins.Count} packages; at most {options.MaxPackages} are allowed (Environments:MaxPackages)."
            );
        Check(pins.Sum(pin => pin.Bytes ?? 0), pins.Select(pin => (pin.Name, pin.Bytes ?? 0)), options);
    }

    /// <summary>Before anything is linked.</summary>
    /// <exception cref="BuildException">A limit is passed; the message names it.</exception>
    public static void Check(IReadOnlyList<(string Name, DiskSpace Space)> packages, EnvironmentsOptions options)
    {
        var files = packages.Sum(package => package.Space.Files);
        if (files > options.MaxInstalledFiles)
            throw new BuildException(
                $"The packages consist of {files:N0} files; at most {options.MaxInstalledFiles:N0} are allowed (Environments:MaxInstalledFiles)."
            );
        Check(
            packages.Sum(package => package.Space.Bytes),
            packages.Select(package => (package.Name, package.Space.Bytes)),
            options
        );
    }

    private static void Check(long bytes, IEnumerable<(string Name, long Bytes)> packages, EnvironmentsOptions options)
    {
        if (bytes <= (long)options.MaxInstalledMiB << 20)
            return;
        var largest = packages
            .OrderByDescending(package => package.Bytes)
            .Take(LargestNamed)
            .Select(package => $"{package.Name} {package.Bytes / (1024.0 * 1024):N1} MiB");
        throw new BuildException(
            $"The packages take up {bytes >> 20:N0} MiB; at most {options.MaxInstalledMiB:N0} are allowed (Environments:MaxInstalledMiB). "
                + $"The largest: {string.Join(", ", largest)}."
        );
    }
}
