using Verso.Rendering;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Builds;

/// <summary>Which of a build's files is the one to look at.</summary>
internal static class MainDocument
{
    public const string StartPage = "index.html";

    /// <returns>Null when no document came out.</returns>
    public static string? Of(CompileResult result, BuildKind kind)
    {
        if (result.Status != CompileStatus.Success)
            return null;
        var documents = result.OutputFiles.Where(file => file.Kind == OutputKind.Document).ToList();
        return (
            (kind == BuildKind.Publish ? documents.Find(file => file.Path == StartPage) : null)
            ?? documents.Find(file => file.Type is "html" or "htm")
            ?? documents.FirstOrDefault()
        )?.Path;
    }
}
