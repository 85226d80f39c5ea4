using System.Text.Json;
using Verso.Rendering.Engines.Builtin.Themes;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>Slides for the browser, shown by reveal.js.</summary>
internal sealed class SlideDeck() : OutputFormat(Named, "html")
{
    public const string Named = "revealjs";

    private static readonly string Template = EmbeddedText.Read("deck.html");
    private static readonly string Style =
        EmbeddedText.Read("reset.css") + EmbeddedText.Read("reveal.css") + Stylesheets.Slides;
    private static readonly string Reveal = HtmlWriter.Script(EmbeddedText.Read("reveal.js"));
    private static readonly string Notes = HtmlWriter.Script(EmbeddedText.Read("notes.js"));
    private static readonly string Plugin = EmbeddedText.Read("deck.js");

    public override bool ShowsHtml => true;

    public override bool? Embeds => null;

    public override IReadOnlyList<ImageType> Images => ImageType.ForScreens;

    public override Task<MadeDocument> MakeAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    ) => MakeHtmlAsync(rendition, execution, sandbox, cancellationToken);

    public static Task<MadeDocument> MakeHtmlAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        var settings = rendition.Settings;
        var html = new HtmlWriter(rendition, execution, sandbox);
        var hasNotes = html.Markdown.Contains(".notes");
        // Frames are not drawn while a page is printed, and reveal.js waits for them.
        var begin =
            rendition.Format is PrintedDocument
                ? HtmlWriter.Script(
                    "window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()));\n"
                )
                : "";
        var start = $"{Plugin}\nReveal.initialize({RevealSettings.Of(settings, hasNotes)});\n";
        return html.MakeAsync(
            "revealjs",
            Template,
            Style,
            begin + Reveal + (hasNotes ? Notes : "") + HtmlWriter.Script(start),
            [
                .. SlideSettings.Arguments(rendition),
                .. HtmlWriter.Variable("verso-theme", new ThemeSettings(rendition).IsDarkDeck ? "dark" : "light"),
                .. HtmlWriter.Variable("verso-center", settings.Flag("center-title-slide") == false ? "" : "center"),
                .. HtmlWriter.Variable("verso-logo", settings.Text("logo") ?? ""),
                .. Footer(rendition),
            ],
            cancellationToken
        );
    }

    // A file's metadata are read as Markdown; a command line's are not.
    private static IEnumerable<string> Footer(Rendition rendition) =>
        rendition.Settings.Text("footer") is { } footer
            ? ["--metadata-file", rendition.Write("footer.json", JsonSerializer.Serialize(new { footer }))]
            : [];
}
