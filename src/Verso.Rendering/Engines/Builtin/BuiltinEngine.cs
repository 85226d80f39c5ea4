using System.Text;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Execution;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Renders without Quarto: cells in Verso's own runner, then one run of pandoc for each format.</summary>
public sealed class BuiltinEngine(Sandbox sandbox, TimeProvider time) : IEngine
{
    /// <summary>The formats it can make, by Quarto's names.</summary>
    public static readonly IReadOnlyList<string> Formats = [.. OutputFormat.All.Select(format => format.Name)];

    public string Name => "builtin";

    public string? Refuse(RenderRequest request)
    {
        if (request.Format is { } format && !Formats.Contains(format))
            return $"The builtin engine cannot make '{format}' yet; it makes: {string.Join(", ", Formats)}.";
        return Directory.Exists(request.Target)
            ? $"The builtin engine renders no whole projects yet; name a document in '{request.Target}', or install Quarto."
            : null;
    }

    public async Task<EngineSources> ReadAsync(string target, CancellationToken cancellationToken)
    {
        var document = await QuartoDocument.LoadAsync(target, cancellationToken);
        return new EngineSources([document], RunsCode(document));
    }

    public async Task<EngineResult> RenderAsync(
        EngineRequest request,
        IProgress<RenderProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var render = new DocumentRender(request, sandbox, time, progress);
        return await render.RunAsync(cancellationToken);
    }

    // Whether any of it is to be run, in whichever format.
    private static bool RunsCode(QuartoDocument document)
    {
        var formats = AskedFormats.Named(document.FrontMatter).Intersect(Formats).Append(Formats[0]);
        return document.Blocks.Any(block =>
            block is DocumentBlock.Inline
            || block is DocumentBlock.Cell { Language: "python" } cell
                && formats.Any(format =>
                    CellSettings.Of(cell, new DocumentSettings(document.FrontMatter, format)).Evaluate
                )
        );
    }
}
