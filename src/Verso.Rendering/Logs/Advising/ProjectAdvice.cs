using Verso.Environments.Modules;

namespace Verso.Rendering.Logs.Advising;

/// <summary>What to do about modules that are files of the project.</summary>
/// <param name="documentDirectory">Where Python looks for them.</param>
internal sealed class ProjectAdvice(string projectDirectory, string documentDirectory)
{
    private readonly ProjectModules _modules = new(projectDirectory);

    public bool Has(string name) => _modules.Find(name) is not null;

    /// <returns>Null when the project has nothing of that name.</returns>
    public AdvisedSentence? Find(string module)
    {
        var top = module.Split('.')[0];
        if (_modules.Find(top) is { } path)
        {
            var folder = Path.GetDirectoryName(Path.Combine(projectDirectory, path.TrimEnd('/')))!;
            var where = Path.GetRelativePath(documentDirectory, folder);
            return Own(
                module,
                where != "."
                        ? $"The project has it at {path}, where Python does not look: put it beside the document, or begin with `import sys; sys.path.append(\"{where}\")`."
                    : module != top
                        ? $"The project's own {path} has no '{module[(top.Length + 1)..]}'; check the spelling."
                    : $"The project has it at {path}, but Python cannot import it."
            );
        }
        if (_modules.FindSimilar(top) is not { } similar)
            return null;
        var name = ProjectModules.NameOf(similar);
        return Own(
            module,
            name.Contains('-')
                ? $"The project has {similar}; a module's name cannot hold a hyphen, so rename it to {similar.Replace(name, top)}."
                : $"The project has {similar}, whose name differs in upper and lower case: write '{name}'."
        );
    }

    /// <summary><c>import random.seed</c> beside the author's own random.py.</summary>
    public AdvisedSentence? InTheWay(string module, RaisedError error) =>
        module.Split('.')[0] is var top && error.Message.Contains("is not a package") && _modules.Find(top) is { } path
            ? Own(module, $"The project's own {path} stands in the way of '{top}': give the file another name.")
            : null;

    /// <summary>What to do about a name that is not in a module.</summary>
    public AdvisedSentence? MissingName(string name, string module, string message)
    {
        var top = module.Split('.')[0];
        return _modules.Find(top) is not { } path
            ? null
            : Own(
                module,
                message.Contains("circular import")
                        ? $"The project's own {path} is imported again while it is still being imported: take one of the two imports out, or put it into a function."
                    : PackageAdvice.PackageOf(module) is not null || StandardLibrary.TryFind(module) is not null
                        ? $"The project's own {path} stands in the way of another '{top}': give the file another name."
                    : $"The project's own {path} has no '{name}'; check the spelling."
            );
    }

    private static AdvisedSentence Own(string module, string sentence) =>
        new(sentence, new Advice(AdviceKind.ProjectModule, module));
}
