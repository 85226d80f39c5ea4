using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>GitHub's Markdown, with a folder of its figures.</summary>
internal sealed class MarkdownFile() : OutputFormat("gfm", "md")
{
    private static readonly string Template = EmbeddedText.Read("markdown.md");
    private static readonly string Filter = EmbeddedText.Read("markdown.lua");

    public override bool? Embeds => false;

    public override IReadOnlyList<ImageType> Images => ImageType.ForScreens;

    public override async Task<MadeDocument> MakeAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        var aside = new LibraryScripts(execution.Libraries);
        var markdown = new MarkdownComposer(rendition, execution, aside).Compose();
        string[] arguments =
        [
            .. (string[])["--to", "gfm+tex_math_dollars", "--standalone", "--wrap", "none"],
            .. (string[])["--template", rendition.Write("markdown.md", Template)],
            .. (string[])["--lua-filter", rendition.Write("markdown.lua", Filter)],
        ];
        var made = await new Pandoc(rendition, sandbox).MakeAsync(markdown, arguments, cancellationToken);
        if (made.Outputs is not [var document])
            return made;
        await aside.FillAsync(document.Path, rendition, cancellationToken);
        return made with { Outputs = [document, .. rendition.Beside()] };
    }
}
