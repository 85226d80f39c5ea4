using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>A text or slides for an office suite.</summary>
internal sealed class OfficeDocument(string name) : OutputFormat(name, name)
{
    private static readonly string CodeStyle = EmbeddedText.Read("code.theme");

    public override Task<MadeDocument> MakeAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        var settings = rendition.Settings;
        var markdown = new MarkdownComposer(rendition, execution, new LibraryScripts(execution.Libraries)).Compose();
        string[] arguments =
        [
            .. (string[])["--to", Name, "--standalone"],
            .. (string[])["--highlight-style", rendition.Write("code.theme", CodeStyle)],
            .. (string[])["--lua-filter", rendition.Write("printed.lua", Pandoc.Printed)],
            .. settings.Text("reference-doc") is { } reference ? (string[])["--reference-doc", reference] : [],
            .. SlideSettings.Arguments(rendition),
        ];
        return new Pandoc(rendition, sandbox).MakeAsync(markdown, arguments, cancellationToken);
    }
}
