using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Rendering.Logs.Advising;

/// <summary>What to do about modules that packages bring. What the operator does not allow is never proposed.</summary>
internal sealed class PackageAdvice(string projectDirectory, EnvironmentOutcome environment, ModuleSources sources)
{
    public ListedPackages Listed { get; } = new(projectDirectory, environment);

    public static string? PackageOf(string module) =>
        ModuleTable.TryFindPackage(module) ?? PopularPackages.TryFindPackage(module);

    /// <param name="isOfPackage">Whether an installed package asked for the module, not the project.</param>
    public AdvisedSentence Of(string module, string package, bool isOfPackage)
    {
        if (Listed.Find(package) is not { } line)
            return Add(
                module,
                package,
                package,
                isOfPackage || PopularPackages.IsNamespace(module.Split('.')[0])
                    ? ""
                    : $"; or, if '{module.Split('.')[0]}' is a module of the project's own, put {OwnFile(module)} beside the document"
            );
        if (environment is EnvironmentOutcome.Base fallback)
            return new AdvisedSentence(
                $"It comes with '{package}', which {RequirementsFile.Name} names but which was not installed{Why(fallback)}",
                new Advice(AdviceKind.NotInstalled, module, package)
            );
        if (line is { Marker: { Length: > 0 } marker } && Listed.VersionOf(package) is null)
            return new AdvisedSentence(
                $"It comes with '{package}', which line {line.Line} of {RequirementsFile.Name} leaves out here ({marker}).",
                new Advice(AdviceKind.NotInstalled, module, package)
            );
        return new AdvisedSentence(
            $"'{package}' is installed, as {RequirementsFile.Name} asks, but has no module '{module}'; "
                + $"another of its versions may, or put {OwnFile(module)} beside the document if it is the project's own.",
            new Advice(AdviceKind.OtherVersion, module, package)
        );
    }

    /// <summary>Python names a dotted module only where what is in front of its last dot was found.</summary>
    /// <param name="named">As Python named it.</param>
    public AdvisedSentence? WithoutModule(string module, string? named)
    {
        var top = module.Split('.')[0];
        return
            named?.Contains('.') == true
            && PackageOf(module) is { } package
            && PackageOf(top) == package
            && StandardLibrary.TryFind(top) is null
            ? OtherVersion(module, package, $"'{top}' is there, but this version of it has no module '{module}'")
            : null;
    }

    public AdvisedSentence WithoutName(string name, string module) =>
        OtherVersion(module, PackageOf(module), $"'{module}' is there, but this version of it has no '{name}'");

    public AdvisedSentence WithoutLibrary(string library, string? module)
    {
        var package = module is null ? null : PackageOf(module);
        var headless = package is null ? null : $"{package}-headless";
        var replacement = headless is not null && PopularPackages.Contains(headless) ? headless : null;
        if (replacement is not null && sources.Refusal(replacement) is not null)
            (package, replacement) = (null, null);
        return new AdvisedSentence(
            $"The package needs the system's library {library}. {SharedLibraries.Advice(library, package)}",
            new Advice(AdviceKind.SharedLibrary, library, replacement ?? package, replacement)
        );
    }

    /// <summary><c>import scikit_learn</c>: the package may be there, under another name.</summary>
    public static AdvisedSentence? OtherName(string module) =>
        ModuleTable.TryFindPackage(module) is null
        && PackageName.Normalize(module.Split('.')[0]) is var package
        && ModuleTable.ModulesOf(package) is [var name, ..]
            ? new AdvisedSentence(
                $"The package '{package}' brings the module '{name}': import that.",
                new Advice(AdviceKind.UnknownModule, module, package)
            )
            : null;

    public AdvisedSentence Unknown(string module) =>
        Listed.Any && environment is EnvironmentOutcome.Base { Reason: not BaseReason.NoRequirements } fallback
            ? new AdvisedSentence(
                $"One of the packages in {RequirementsFile.Name} may bring it; they were not installed{Why(fallback)}",
                new Advice(AdviceKind.NotInstalled, module)
            )
            : new AdvisedSentence(
                $"No package is known for '{module}'. It may be a module of the project's own: put {OwnFile(module)} beside the document; "
                    + $"if it is a package, add that package's name to {RequirementsFile.Name}.",
                new Advice(AdviceKind.UnknownModule, module)
            );

    /// <param name="line">For the requirements.</param>
    /// <param name="otherwise">What else it may be; goes on in the sentence.</param>
    public AdvisedSentence Add(string module, string package, string line, string otherwise = "")
    {
        if (sources.Refusal(package) is { } refusal)
            return new AdvisedSentence(
                $"It comes with '{package}', but {refusal.TrimEnd('.')}{otherwise}.",
                new Advice(AdviceKind.NotAllowed, module, package)
            );
        var misnamed = RequirementsFile.Misnamed(projectDirectory);
        return new AdvisedSentence(
            misnamed is null
                ? $"Add '{line}' to {RequirementsFile.Name}{otherwise}."
                : $"Add '{line}' to {RequirementsFile.Name} (the project has {misnamed}, which is not read){otherwise}.",
            new Advice(AdviceKind.AddPackage, module, package, line)
        );
    }

    private AdvisedSentence OtherVersion(string module, string? package, string finding) =>
        new(
            $"{finding}: it may be misspelt, or another version has it, which {RequirementsFile.Name} can ask for"
                + $"{(package is not null && Listed.VersionOf(package) is { } version ? $" ({package} is {version} here)" : "")}.",
            new Advice(AdviceKind.OtherVersion, module, package)
        );

    // The log has the reason once, for all that is missing.
    private static string Why(EnvironmentOutcome.Base fallback) =>
        FallbackLog.IsWorthSaying(fallback)
            ? $"; the warning on {RequirementsFile.Name} says why."
            : $": {fallback.Message}";

    private static string OwnFile(string module) => $"{module.Split('.')[0]}.py";
}
