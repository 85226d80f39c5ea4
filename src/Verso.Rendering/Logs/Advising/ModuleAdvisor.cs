using System.Text.RegularExpressions;
using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Rendering.Logs.Advising;

/// <summary>
/// Says what to do about what a project's code could not import, from the best source of knowledge to the worst. Never
/// names a package that no table, wheelhouse or list knows.
/// </summary>
/// <param name="environment">What the code ran in.</param>
public sealed partial class ModuleAdvisor(string projectDirectory, EnvironmentOutcome environment)
{
    private readonly string _directory = projectDirectory;
    private readonly EnvironmentOutcome _environment = environment;
    private PackageAdvice? _packages;
    private ProjectAdvice? _project;

    /// <summary>Where Python looks for the project's own modules.</summary>
    public string DocumentDirectory { get; init; } = projectDirectory;

    /// <summary>What the sandbox allows; null when the code ran without it.</summary>
    public Confinement? Confinement { get; init; }

    /// <summary>The version of the interpreter; null when it is not known.</summary>
    public Version? Python { get; init; }

    /// <summary>Environments of the owner come last of all: whoever may install can have a package claim any module.</summary>
    public ModuleSources Sources { get; init; } = ModuleSources.None;

    private ProjectAdvice Project => _project ??= new ProjectAdvice(_directory, DocumentDirectory);

    private PackageAdvice Packages => _packages ??= new PackageAdvice(_directory, _environment, Sources);

    private StandardLibraryAdvice OfPython => new(Python);

    /// <returns>Null when the error is none that advice is known for.</returns>
    public AdvisedSentence? Advise(RaisedError error)
    {
        if (error.IsImportError && SharedLibraries.MissingIn(error.Message) is { } library)
            return Packages.WithoutLibrary(library, error.FirstImported());
        if (error.IsImportError && Name().Match(error.Message) is { Success: true } name)
            return MissingName(name.Groups["name"].Value, name.Groups["module"].Value, error.Message);
        if (error.Type == "AttributeError" && Attribute().Match(error.Message) is { Success: true } attribute)
            return MissingName(attribute.Groups["name"].Value, attribute.Groups["module"].Value, error.Message);
        var found = error.MissingModule() is { } module ? OfModule(module, error) : null;
        if (found is not null and not { Advice: { Kind: AdviceKind.UnknownModule, Package: null } })
            return found;
        return InstallHint.Find(error.Message) is { } hint ? OfHint(hint) : found;
    }

    /// <param name="module">As the import asks for it, dotted.</param>
    public AdvisedSentence Advise(string module) => Advise(module, isOfPackage: false);

    /// <returns>The line of the requirements that names a package; null when none does.</returns>
    internal int? LineOf(string package) => Packages.Listed.Find(package)?.Line;

    /// <returns>
    /// What to do about a package that a cell would install; null when nothing is known of it: whoever wrote the document
    /// may not be one who may name packages.
    /// </returns>
    internal AdvisedSentence? Advise(Requirement wanted)
    {
        if (StandardLibrary.TryFind(wanted.Name) is { } own)
            return own.Removed is null ? StandardLibraryAdvice.Here(own.Name) : OfPython.Find(own.Name);
        if (InstallHint.Of(wanted.Name, "") is { } hint)
            return Packages.Add(wanted.Name, hint.Package, hint.Package == wanted.Name ? $"{wanted}" : hint.Package);
        return KeptIn(Sources.Wheelhouses, wanted.Name.Replace('-', '_')) == wanted.Name
            ? Packages.Add(wanted.Name, wanted.Name, $"{wanted}")
            : null;
    }

    private AdvisedSentence Advise(string module, bool isOfPackage) =>
        OfPython.Find(module)
        ?? Project.Find(module)
        ?? PackageAdvice.OtherName(module)
        ?? OfPackage(module, Packages.Listed.PackageOf(module), isOfPackage)
        ?? OfPackage(module, ModuleTable.TryFindPackage(module), isOfPackage)
        ?? OfPackage(module, KeptIn(Sources.Wheelhouses, module), isOfPackage)
        ?? OfPackage(module, PopularPackages.TryFindPackage(module), isOfPackage)
        ?? OfPackage(module, KeptIn(Sources.OwnersEnvironments, module), isOfPackage)
        ?? Packages.Unknown(module);

    private AdvisedSentence OfModule(string module, RaisedError error) =>
        Project.InTheWay(module, error)
        ?? (Project.Has(module.Split('.')[0]) ? null : Packages.WithoutModule(module, error.NamedModule()))
        ?? Advise(module, error.IsOfPackage);

    private AdvisedSentence MissingName(string name, string module, string message) =>
        Project.MissingName(name, module, message)
        ?? OfPython.MissingName(name, module)
        ?? Packages.WithoutName(name, module);

    private AdvisedSentence OfHint(InstallHint hint)
    {
        if (StandardLibrary.TryFind(hint.Name) is not null || Project.Has(hint.Name))
            return Advise(hint.Name);
        return Packages.Listed.PackageOf(hint.Name) is null && Packages.Listed.Find(hint.Package) is null
            ? Packages.Add(hint.Name, hint.Package, hint.RequirementLine)
            : Packages.Of(hint.Name, hint.Package, isOfPackage: true);
    }

    private AdvisedSentence? OfPackage(string module, string? package, bool isOfPackage) =>
        package is null ? null : Packages.Of(module, package, isOfPackage);

    private static string? KeptIn(IModuleSource? source, string module) =>
        source is not null
        && !PopularPackages.IsAmbiguous(module.Split('.')[0])
        && source.PackagesOf(module) is { Count: 1 } packages
            ? packages.First()
            : null;

    [GeneratedRegex(@"cannot import name '(?<name>[^']+)' from (?:partially initialized module )?'(?<module>[^']+)'")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?:partially initialized )?module '(?<module>[^']+)' has no attribute '(?<name>[^']+)'")]
    private static partial Regex Attribute();
}
