using Verso.Environments.Modules;

namespace Verso.Rendering.Logs.Advising;

/// <summary>What to do about modules that are, or were, Python's own.</summary>
/// <param name="python">The version of the interpreter; null when it is not known.</param>
internal sealed class StandardLibraryAdvice(Version? python)
{
    /// <returns>Null when it is none of Python's.</returns>
    public AdvisedSentence? Find(string module)
    {
        if (StandardLibrary.TryFind(module) is not { } known)
            return null;
        var sentence =
            known.Removed is { } removed && (python is null || python >= removed)
                ? $"'{known.Name}' was removed from Python in {removed}; {(known.Instead is null ? "the code must do without it" : $"use {known.Instead}")}."
            : python is not null && python < known.First
                ? $"'{known.Name}' came with Python {known.First}, and this is Python {python}."
            : known.DebianPackage is { } debian
                ? $"'{known.Name}' is a part of Python that is not in this installation; its operator can add it (Debian: {debian})."
            : module.Contains('.') && known.Name != module.TrimStart('_')
                ? $"Python's own '{known.Name}' has no module '{module}'; check the spelling, and what this version of Python has."
            : $"'{known.Name}' is a part of Python that is not in this installation; its operator can install Python whole.";
        return Python(module, sentence);
    }

    /// <summary>Of one that somebody takes for a package.</summary>
    public static AdvisedSentence Here(string module) => Python(module, $"'{module}' is a part of Python itself.");

    /// <summary>The same of a name in a module that is there.</summary>
    public AdvisedSentence? MissingName(string name, string module) =>
        StandardLibrary.TryFind(module) is null
            ? null
            : Python(
                module,
                $"This version of Python{(python is null ? "" : $" ({python})")} has no '{name}' in '{module}'; check the spelling, and which versions have it."
            );

    private static AdvisedSentence Python(string module, string sentence) =>
        new(sentence, new Advice(AdviceKind.StandardLibrary, module));
}
