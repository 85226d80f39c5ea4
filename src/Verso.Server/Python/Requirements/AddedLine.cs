using Verso.Environments.Requirements;

namespace Verso.Server.Python.Requirements;

/// <summary>One more requirement in a text, whose comments and order stay what they are.</summary>
internal static class AddedLine
{
    /// <returns>The text itself when it names the package already.</returns>
    public static string To(string text, Requirement line)
    {
        if (
            RequirementsFile
                .Parse(text)
                .Requirements.Any(there => there.Name == line.Name && there.Marker == line.Marker)
        )
            return text;
        var newline = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var separator = text.Length == 0 || text.EndsWith('\n') ? "" : newline;
        return $"{text}{separator}{line}{newline}";
    }

    /// <summary>Exactly one requirement, of a line that somebody proposes.</summary>
    public static (Requirement? Line, string? Fault) Parse(string text)
    {
        if (text.Any(c => c is '\n' or '\r'))
            return (null, "Add one line at a time.");
        var file = RequirementsFile.Parse(text);
        return file switch
        {
            { Faults: [var fault, ..] } => (null, fault.Message),
            { Requirements: [var line] } => (line, null),
            _ => (null, "The line names no package."),
        };
    }
}
