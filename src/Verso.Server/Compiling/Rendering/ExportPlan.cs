using Verso.Rendering;
using Verso.Rendering.Engines;
using Verso.Server.Compiling.Protocol;

namespace Verso.Server.Compiling.Rendering;

/// <summary>Which renders an export takes.</summary>
internal static class ExportPlan
{
    /// <param name="request">The document's, in the format that it names.</param>
    public static IEnumerable<RenderRequest> Of(ExportMode mode, RenderRequest request, IEngine engine) =>
        mode switch
        {
            ExportMode.Presentation =>
            [
                request with
                {
                    Format = "revealjs",
                    SelfContained = true,
                },
                request with
                {
                    Format = "pdf",
                },
                request with
                {
                    Format = "pptx",
                },
            ],
            ExportMode.Publish => [Site(request, engine)],
            _ => [request],
        };

    // A whole site where the project is one and the engine makes them, else the document as one page.
    private static RenderRequest Site(RenderRequest request, IEngine engine)
    {
        var site = request with { Target = request.Project! };
        return File.Exists(Path.Combine(request.Project!, "_quarto.yml")) && engine.Refuse(site) is null
            ? site
            : request with
            {
                Format = "html",
                SelfContained = true,
            };
    }
}
