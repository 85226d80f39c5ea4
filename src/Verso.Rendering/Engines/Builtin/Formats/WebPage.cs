using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>One HTML file that needs nothing beside it.</summary>
internal sealed class WebPage() : OutputFormat("html", "html")
{
    private static readonly string Template = EmbeddedText.Read("page.html");
    private static readonly string Style = EmbeddedText.Read("theme.css");

    public override bool ShowsHtml => true;

    public override IReadOnlyList<ImageType> Images => [ImageType.Svg, ImageType.Png, ImageType.Jpeg, ImageType.Gif];

    public override async Task<MadeDocument> MakeAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        var libraries = new LibraryScripts(execution.Libraries);
        var markdown = new MarkdownComposer(rendition, execution, libraries).Compose();
        string[] arguments =
        [
            .. (string[])["--to", "html5", "--standalone", "--self-contained", "--mathml"],
            .. (string[])["--template", rendition.Write("page.html", Template)],
            .. (string[])["--css", rendition.Write("theme.css", Style)],
            .. (string[])["--lua-filter", rendition.Write("resources.lua", Pandoc.Resources)],
        ];
        var pandoc = new Pandoc(rendition, sandbox);
        var made = await pandoc.MakeAsync(markdown, arguments, cancellationToken);
        if (made.Outputs is [var output])
            await libraries.FillAsync(output.Path, cancellationToken);
        return made;
    }
}
