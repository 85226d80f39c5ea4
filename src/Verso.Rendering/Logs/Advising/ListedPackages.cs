using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Rendering.Logs.Advising;

/// <summary>What the project's requirements name, read when first asked for, and what of it is there.</summary>
internal sealed class ListedPackages(string projectDirectory, EnvironmentOutcome environment)
{
    private static readonly string[] Variants = ["base", "binary", "ce", "contrib", "cpu", "gpu", "headless"];

    private readonly Lazy<RequirementsFile> _file = new(() => RequirementsFile.Load(projectDirectory));

    public bool Any => _file.Value.Requirements.Count > 0;

    public Requirement? Find(string package) => _file.Value.Requirements.FirstOrDefault(line => line.Name == package);

    /// <summary>
    /// The project's own word for the package of a module: one that no table may know, or a variant of the one that it names.
    /// </summary>
    public string? PackageOf(string module)
    {
        var parts = module.Split('.');
        var wanted = Enumerable
            .Range(1, parts.Length)
            .Select(count => PackageName.Normalize(string.Join('-', parts.Take(count))))
            .Append(ModuleTable.TryFindPackage(module))
            .OfType<string>()
            .Select(WithoutVariant)
            .ToHashSet();
        return _file.Value.Requirements.FirstOrDefault(line => wanted.Contains(WithoutVariant(line.Name)))?.Name;
    }

    /// <returns>The version that is installed; null when none is.</returns>
    public string? VersionOf(string package) =>
        (environment as EnvironmentOutcome.Leased)
            ?.Environment?.Record.Packages.FirstOrDefault(pin => PackageName.Normalize(pin.Name) == package)
            ?.Version;

    // opencv-python-headless brings what opencv-python does, faiss-gpu what faiss-cpu does.
    private static string WithoutVariant(string package) => string.Join('-', package.Split('-').Except(Variants));
}
