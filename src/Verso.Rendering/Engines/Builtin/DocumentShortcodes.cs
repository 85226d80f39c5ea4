using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using YamlDotNet.RepresentationModel;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>The shortcodes of a document with what they may refer to: its metadata, and the project's variables.</summary>
internal static class DocumentShortcodes
{
    private const string Variables = "_variables.yml";

    /// <exception cref="DocumentException">The project's variables cannot be understood.</exception>
    public static Shortcodes Of(Rendition rendition) => Of(rendition.Request, rendition.Settings);

    /// <summary>For HTML.</summary>
    /// <exception cref="DocumentException">The project's variables cannot be understood.</exception>
    public static Shortcodes Of(EngineRequest request) => Of(request, request.Settings);

    private static Shortcodes Of(EngineRequest request, DocumentSettings settings) =>
        new(MetadataBlock.Of(request.Document, settings), VariablesOf(request.ProjectDirectory));

    private static YamlMappingNode VariablesOf(string project)
    {
        if (ProjectFile.TryRead(project, Path.Combine(project, Variables)) is not { } text)
            return [];
        try
        {
            return YamlMap.Parse(text, 1).Node;
        }
        catch (DocumentException e)
        {
            throw new DocumentException($"{Variables}, line {e.Line}: {e.Message}");
        }
    }
}
