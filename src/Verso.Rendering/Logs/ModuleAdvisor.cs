using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Rendering.Logs;

/// <summary>Says what to do about a module that was not found. Never names a package that no table knows.</summary>
internal static class ModuleAdvisor
{
    public static (string Sentence, Advice Advice) Advise(
        string module,
        EnvironmentOutcome environment,
        string projectDirectory
    )
    {
        var own = $"{module.Split('.')[0]}.py";
        var requirements = RequirementsFile.Load(projectDirectory).Requirements;
        if (ModuleTable.TryFindPackage(module) is not { } package)
            return
                requirements.Count > 0
                && environment is EnvironmentOutcome.Base { Reason: not BaseReason.NoRequirements }
                ? (
                    $"One of the packages in {RequirementsFile.Name} may bring it; they were not installed, as the log says.",
                    new Advice(AdviceKind.NotInstalled, module)
                )
                : (
                    $"No package is known for '{module}'. It may be a module of the project's own: put {own} beside the document; "
                        + $"if it is a package, add that package's name to {RequirementsFile.Name}.",
                    new Advice(AdviceKind.UnknownModule, module)
                );
        var listed = requirements.Any(line => line.Name == PackageName.Normalize(package));
        if (listed && environment is EnvironmentOutcome.Leased)
            return (
                $"'{package}' is installed, as {RequirementsFile.Name} asks, but has no module '{module}'; "
                    + $"another of its versions may, or put {own} beside the document if it is the project's own.",
                new Advice(AdviceKind.UnknownModule, module, package)
            );
        if (listed)
            return (
                $"It comes with '{package}', which {RequirementsFile.Name} names but which was not installed, as the log says.",
                new Advice(AdviceKind.NotInstalled, module, package)
            );
        return (
            $"Add '{package}' to {RequirementsFile.Name}; or, if '{module}' is a module of the project's own, put {own} beside the document.",
            new Advice(AdviceKind.AddPackage, module, package, package)
        );
    }
}
