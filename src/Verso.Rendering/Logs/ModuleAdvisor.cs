using System.Text.RegularExpressions;
using Verso.Environments.Modules;
using Verso.Environments.Requirements;
using Verso.Environments.Store;

namespace Verso.Rendering.Logs;

/// <summary>
/// Says what to do about what a project's code could not import, from the best source of knowledge to the worst. Never
/// names a package that no table, wheelhouse or list knows.
/// </summary>
/// <param name="environment">What the code ran in.</param>
public sealed partial class ModuleAdvisor(string projectDirectory, EnvironmentOutcome environment)
{
    private static readonly string[] Variants = ["base", "binary", "ce", "contrib", "cpu", "gpu", "headless"];

    private readonly string _project = projectDirectory;
    private readonly ProjectModules _own = new(projectDirectory);
    private readonly Lazy<RequirementsFile> _requirements = new(() => RequirementsFile.Load(projectDirectory));

    /// <summary>Where Python looks for the project's own modules.</summary>
    public string DocumentDirectory { get; init; } = projectDirectory;

    /// <summary>What the sandbox allows; null when the code ran without it.</summary>
    public Confinement? Confinement { get; init; }

    /// <summary>The version of the interpreter; null when it is not known.</summary>
    public Version? Python { get; init; }

    /// <summary>Environments of the owner come last of all: whoever may install can have a package claim any module.</summary>
    public ModuleSources Sources { get; init; } = ModuleSources.None;

    /// <returns>Null when the error is none that advice is known for.</returns>
    public AdvisedSentence? Advise(RaisedError error)
    {
        if (error.IsImportError && SharedLibraries.MissingIn(error.Message) is { } library)
            return MissingLibrary(library, error.FirstImported());
        if (error.IsImportError && Name().Match(error.Message) is { Success: true } name)
            return MissingName(name.Groups["name"].Value, name.Groups["module"].Value, error.Message);
        if (error.Type == "AttributeError" && Attribute().Match(error.Message) is { Success: true } attribute)
            return MissingName(attribute.Groups["name"].Value, attribute.Groups["module"].Value, error.Message);
        var found = error.MissingModule() is { } module
            ? InTheWay(module, error) ?? InPackage(module, error.NamedModule()) ?? Advise(module, error.IsOfPackage)
            : null;
        if (found is not null and not { Advice: { Kind: AdviceKind.UnknownModule, Package: null } })
            return found;
        return InstallHint.Find(error.Message) is { } hint ? OfHint(hint) : found;
    }

    /// <param name="module">As the import asks for it, dotted.</param>
    public AdvisedSentence Advise(string module) => Advise(module, isOfPackage: false);

    private AdvisedSentence Advise(string module, bool isOfPackage)
    {
        var top = module.Split('.')[0];
        return InPython(module)
            ?? InProject(module, top)
            ?? OtherName(module, top)
            ?? (TryFindListed(module) is { } listed ? OfPackage(module, listed, isOfPackage) : null)
            ?? (ModuleTable.TryFindPackage(module) is { } known ? OfPackage(module, known, isOfPackage) : null)
            ?? Kept(Sources.Wheelhouses, module, isOfPackage)
            ?? (PopularPackages.TryFindPackage(module) is { } popular ? OfPackage(module, popular, isOfPackage) : null)
            ?? Kept(Sources.OwnersEnvironments, module, isOfPackage)
            ?? Unknown(module, top);
    }

    // `import random.seed` beside the author's own random.py.
    private AdvisedSentence? InTheWay(string module, RaisedError error) =>
        module.Split('.')[0] is var top && error.Message.Contains("is not a package") && _own.Find(top) is { } path
            ? Project(module, $"The project's own {path} stands in the way of '{top}': give the file another name.")
            : null;

    // Python names a dotted module only where what is in front of its last dot was found.
    private AdvisedSentence? InPackage(string module, string? named)
    {
        var top = module.Split('.')[0];
        return
            named is null
            || !named.Contains('.')
            || PackageOf(module) is not { } package
            || PackageOf(top) != package
            || StandardLibrary.TryFind(top) is not null
            || _own.Find(top) is not null
            ? null
            : OtherVersion(module, package, $"'{top}' is there, but this version of it has no module '{module}'");
    }

    private static string? PackageOf(string module) =>
        ModuleTable.TryFindPackage(module) ?? PopularPackages.TryFindPackage(module);

    private AdvisedSentence OtherVersion(string module, string? package, string finding) =>
        new(
            $"{finding}: it may be misspelt, or another version has it, which {RequirementsFile.Name} can ask for"
                + $"{(package is not null && Installed(package) is { } version ? $" ({package} is {version} here)" : "")}.",
            new Advice(AdviceKind.OtherVersion, module, package)
        );

    private string? Installed(string package) =>
        (environment as EnvironmentOutcome.Leased)
            ?.Environment?.Record.Packages.FirstOrDefault(pin => PackageName.Normalize(pin.Name) == package)
            ?.Version;

    private AdvisedSentence? InPython(string module)
    {
        if (StandardLibrary.TryFind(module) is not { } known)
            return null;
        var sentence =
            known.Removed is { } removed && (Python is null || Python >= removed)
                ? $"'{known.Name}' was removed from Python in {removed}; {(known.Instead is null ? "the code must do without it" : $"use {known.Instead}")}."
            : Python is not null && Python < known.First
                ? $"'{known.Name}' came with Python {known.First}, and this is Python {Python}."
            : known.DebianPackage is { } debian
                ? $"'{known.Name}' is a part of Python that is not in this installation; its operator can add it (Debian: {debian})."
            : module.Contains('.') && known.Name != module.TrimStart('_')
                ? $"Python's own '{known.Name}' has no module '{module}'; check the spelling, and what this version of Python has."
            : $"'{known.Name}' is a part of Python that is not in this installation; its operator can install Python whole.";
        return new AdvisedSentence(sentence, new Advice(AdviceKind.StandardLibrary, module));
    }

    private AdvisedSentence? InProject(string module, string top)
    {
        if (_own.Find(top) is { } path)
        {
            var folder = Path.GetDirectoryName(Path.Combine(_project, path.TrimEnd('/')))!;
            var where = Path.GetRelativePath(DocumentDirectory, folder);
            return Project(
                module,
                where != "."
                        ? $"The project has it at {path}, where Python does not look: put it beside the document, or begin with `import sys; sys.path.append(\"{where}\")`."
                    : module != top
                        ? $"The project's own {path} has no '{module[(top.Length + 1)..]}'; check the spelling."
                    : $"The project has it at {path}, but Python cannot import it."
            );
        }
        if (_own.FindSimilar(top) is not { } similar)
            return null;
        var name = ProjectModules.NameOf(similar);
        return Project(
            module,
            name.Contains('-')
                ? $"The project has {similar}; a module's name cannot hold a hyphen, so rename it to {similar.Replace(name, top)}."
                : $"The project has {similar}, whose name differs in upper and lower case: write '{name}'."
        );
    }

    private static AdvisedSentence Project(string module, string sentence) =>
        new(sentence, new Advice(AdviceKind.ProjectModule, module));

    // `import scikit_learn`: the package is there, under another name.
    private static AdvisedSentence? OtherName(string module, string top) =>
        ModuleTable.TryFindPackage(module) is null
        && PackageName.Normalize(top) is var package
        && ModuleTable.ModulesOf(package) is [var name, ..]
            ? new AdvisedSentence(
                $"The package '{package}' brings the module '{name}': import that.",
                new Advice(AdviceKind.UnknownModule, module, package)
            )
            : null;

    private AdvisedSentence? Kept(IModuleSource? source, string module, bool isOfPackage) =>
        source is not null
        && !PopularPackages.IsAmbiguous(module.Split('.')[0])
        && source.PackagesOf(module) is { Count: 1 } packages
            ? OfPackage(module, packages.First(), isOfPackage)
            : null;

    private AdvisedSentence OfHint(InstallHint hint)
    {
        if (StandardLibrary.TryFind(hint.Name) is not null || _own.Find(hint.Name) is not null)
            return Advise(hint.Name);
        return
            TryFindListed(hint.Name) is null && _requirements.Value.Requirements.All(line => line.Name != hint.Package)
            ? Add(hint.Name, hint.Package, hint.RequirementLine, "")
            : OfPackage(hint.Name, hint.Package, isOfPackage: true);
    }

    private AdvisedSentence OfPackage(string module, string package, bool isOfPackage)
    {
        if (_requirements.Value.Requirements.All(line => line.Name != package))
            return Add(
                module,
                package,
                package,
                isOfPackage || PopularPackages.IsNamespace(module.Split('.')[0])
                    ? ""
                    : $"; or, if '{module.Split('.')[0]}' is a module of the project's own, put {OwnFile(module)} beside the document"
            );
        if (environment is EnvironmentOutcome.Base { Message: var reason })
            return new AdvisedSentence(
                $"It comes with '{package}', which {RequirementsFile.Name} names but which was not installed: {reason}",
                new Advice(AdviceKind.NotInstalled, module, package)
            );
        if (
            _requirements.Value.Requirements.First(line => line.Name == package)
                is { Marker: { Length: > 0 } marker } left
            && Installed(package) is null
        )
            return new AdvisedSentence(
                $"It comes with '{package}', which line {left.Line} of {RequirementsFile.Name} leaves out here ({marker}).",
                new Advice(AdviceKind.NotInstalled, module, package)
            );
        return new AdvisedSentence(
            $"'{package}' is installed, as {RequirementsFile.Name} asks, but has no module '{module}'; "
                + $"another of its versions may, or put {OwnFile(module)} beside the document if it is the project's own.",
            new Advice(AdviceKind.OtherVersion, module, package)
        );
    }

    private AdvisedSentence Add(string module, string package, string line, string otherwise) =>
        new(
            RequirementsFile.Misnamed(_project) is { } misnamed
                ? $"Add '{line}' to {RequirementsFile.Name} (the project has {misnamed}, which is not read){otherwise}."
                : $"Add '{line}' to {RequirementsFile.Name}{otherwise}.",
            new Advice(AdviceKind.AddPackage, module, package, line)
        );

    private AdvisedSentence Unknown(string module, string top) =>
        _requirements.Value.Requirements.Count > 0
        && environment is EnvironmentOutcome.Base { Message: var reason, Reason: not BaseReason.NoRequirements }
            ? new AdvisedSentence(
                $"One of the packages in {RequirementsFile.Name} may bring it; they were not installed: {reason}",
                new Advice(AdviceKind.NotInstalled, module)
            )
            : new AdvisedSentence(
                $"No package is known for '{module}'. It may be a module of the project's own: put {OwnFile(top)} beside the document; "
                    + $"if it is a package, add that package's name to {RequirementsFile.Name}.",
                new Advice(AdviceKind.UnknownModule, module)
            );

    private AdvisedSentence MissingName(string name, string module, string message)
    {
        var top = module.Split('.')[0];
        if (_own.Find(top) is { } path)
            return Project(
                module,
                message.Contains("circular import")
                        ? $"The project's own {path} is imported again while it is still being imported: take one of the two imports out, or put it into a function."
                    : PackageOf(module) is not null || StandardLibrary.TryFind(module) is not null
                        ? $"The project's own {path} stands in the way of another '{top}': give the file another name."
                    : $"The project's own {path} has no '{name}'; check the spelling."
            );
        if (StandardLibrary.TryFind(module) is not null)
            return new AdvisedSentence(
                $"This version of Python{(Python is null ? "" : $" ({Python})")} has no '{name}' in '{module}'; check the spelling, and which versions have it.",
                new Advice(AdviceKind.StandardLibrary, module)
            );
        return OtherVersion(module, PackageOf(module), $"'{module}' is there, but this version of it has no '{name}'");
    }

    private static AdvisedSentence MissingLibrary(string library, string? module)
    {
        var package = module is null ? null : PackageOf(module);
        var headless = package is null ? null : $"{package}-headless";
        var replacement = headless is not null && PopularPackages.Contains(headless) ? headless : null;
        return new AdvisedSentence(
            $"The package needs the system's library {library}. {SharedLibraries.Advice(library, package)}",
            new Advice(AdviceKind.SharedLibrary, library, replacement ?? package, replacement)
        );
    }

    // The project's own word for a package, which may be one that no table knows, or a variant of the one that it names.
    private string? TryFindListed(string module)
    {
        var parts = module.Split('.');
        var wanted = Enumerable
            .Range(1, parts.Length)
            .Select(count => PackageName.Normalize(string.Join('-', parts.Take(count))))
            .Append(ModuleTable.TryFindPackage(module))
            .OfType<string>()
            .Select(WithoutVariant)
            .ToHashSet();
        return _requirements
            .Value.Requirements.FirstOrDefault(line => wanted.Contains(WithoutVariant(line.Name)))
            ?.Name;
    }

    // opencv-python-headless brings what opencv-python does, faiss-gpu what faiss-cpu does.
    private static string WithoutVariant(string package) => string.Join('-', package.Split('-').Except(Variants));

    private static string OwnFile(string module) => $"{module.Split('.')[0]}.py";

    [GeneratedRegex(@"cannot import name '(?<name>[^']+)' from (?:partially initialized module )?'(?<module>[^']+)'")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?:partially initialized )?module '(?<module>[^']+)' has no attribute '(?<name>[^']+)'")]
    private static partial Regex Attribute();
}
