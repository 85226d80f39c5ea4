using System.Text.RegularExpressions;

namespace Verso.Rendering.Logs;

/// <summary>
/// Says of errors that may come of the sandbox what it allows: what Python says of a missing network, or of a file that
/// cannot be seen, sends people looking in the wrong place.
/// </summary>
public sealed partial class Confinement(string projectDirectory)
{
    /// <returns>A sentence for the author; null when the error says nothing of the kind.</returns>
    public string? Explain(RaisedError error) =>
        Network().IsMatch(error.ToString())
            ? "A document's code has no network here: put the data into the project and read it from there."
        : Outside(NoSuchFile().Match(error.Message))
            ? "A document's code sees its project's folder and nothing beside it: put the file into the project."
        : Outside(NotWritable().Match(error.Message)) ? "A document's code may write into its project's folder alone."
        : null;

    private bool Outside(Match match)
    {
        if (!match.Success)
            return false;
        var path = Path.GetFullPath(match.Groups["path"].Value, projectDirectory);
        return !path.StartsWith(projectDirectory + "/");
    }

    [GeneratedRegex(
        @"Temporary failure in name resolution|Name or service not known|\[Errno 101\]|Network is unreachable|Failed to resolve '|suitable TLS CA certificate bundle"
    )]
    private static partial Regex Network();

    [GeneratedRegex(@"No such file or directory: b?['""](?<path>[^'""\0]+)['""]$")]
    private static partial Regex NoSuchFile();

    [GeneratedRegex(@"(?:Read-only file system|Permission denied): b?['""](?<path>[^'""\0]+)['""]$")]
    private static partial Regex NotWritable();
}
