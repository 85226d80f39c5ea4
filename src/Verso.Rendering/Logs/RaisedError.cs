using System.Text.RegularExpressions;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Logs;

/// <summary>An exception as a log shows it.</summary>
/// <param name="Type">Its class, without the module that defines it.</param>
/// <param name="Traceback">Without colours; may be empty.</param>
/// <param name="Module">The module that was not found, where the interpreter itself said so.</param>
public sealed partial record RaisedError(string Type, string Message, string Traceback, string? Module = null)
{
    internal static RaisedError Of(ExecutionError error) =>
        new(error.Type, error.Value, error.Traceback, error.Module is { Length: > 0 } module ? module : null);

    public bool IsImportError => Type is "ModuleNotFoundError" or "ImportError";

    /// <summary>Whether an installed package asked, not the project.</summary>
    public bool IsOfPackage => Traceback.Contains("/site-packages/") || Traceback.Contains("/dist-packages/");

    /// <summary>
    /// The module that could not be found, in full where the traceback shows the statement (<c>google.cloud.storage</c>,
    /// of which Python only names <c>google</c>); of a chain of errors the one that began it.
    /// </summary>
    public string? MissingModule()
    {
        if (!IsImportError)
            return null;
        var missing = NoModule().Match($"{Traceback}\n{Type}: {Message}");
        if ((Module ?? (missing.Success ? missing.Groups["module"].Value : null)) is not { } module)
            return null;
        var asked = ImportedBefore(missing.Success ? missing.Index : Traceback.Length);
        return asked is not null && asked.StartsWith(module + ".") ? asked : module;
    }

    /// <summary>The module as Python named it: everything in front of its last dot was found.</summary>
    public string? NamedModule() =>
        IsImportError && NoModule().Match($"{Traceback}\n{Type}: {Message}") is { Success: true } missing
            ? missing.Groups["module"].Value
            : null;

    /// <summary>What the first import statement of the traceback asked for, which is the document's own.</summary>
    public string? FirstImported() => Statement().Match(Traceback) is { Success: true } first ? NameIn(first) : null;

    private string? ImportedBefore(int end) =>
        Statement().Matches(Traceback[..Math.Min(end, Traceback.Length)]).LastOrDefault(match => match.Success)
            is { } last
            ? NameIn(last)
            : null;

    // `from google.cloud import storage` asks for google.cloud.storage: such names hold nothing but packages.
    private static string NameIn(Match statement)
    {
        var (module, name) = (statement.Groups["module"].Value, statement.Groups["name"].Value);
        return
            name.Length > 0
            && (module is "google" or "azure" || module.StartsWith("google.") || module.StartsWith("azure."))
            ? $"{module}.{name}"
            : module;
    }

    [GeneratedRegex(@"No module named '?(?<module>[A-Za-z_]\w*(?:\.\w+)*)'?")]
    private static partial Regex NoModule();

    [GeneratedRegex(
        @"^-+> ?\d+ +(?:from (?<module>[A-Za-z_][\w.]*) import (?<name>[A-Za-z_]\w*)|import (?<module>[A-Za-z_][\w.]*))",
        RegexOptions.Multiline
    )]
    private static partial Regex Statement();

    public override string ToString() => Message.Length == 0 ? Type : $"{Type}: {Message}";
}
