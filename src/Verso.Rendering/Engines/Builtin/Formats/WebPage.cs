using Verso.Rendering.Engines.Builtin.Themes;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>A page for the browser.</summary>
internal sealed class WebPage() : OutputFormat("html", "html")
{
    private static readonly string Toggle = HtmlWriter.Script(EmbeddedText.Read("toggle.js"));
    private static readonly string Copy = HtmlWriter.Script(EmbeddedText.Read("copy.js"));

    public static readonly string Template = EmbeddedText.Read("page.html");

    public override bool ShowsHtml => true;

    public override bool? Embeds => null;

    public override IReadOnlyList<ImageType> Images => ImageType.ForScreens;

    public override async Task<MadeDocument> MakeAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        var (settings, theme) = (rendition.Settings, new ThemeSettings(rendition));
        var html = new HtmlWriter(rendition, execution, sandbox);
        var scripts = (theme.HasToggle ? Toggle : "") + (html.Markdown.Contains("```") ? Copy : "");
        return await html.MakeAsync(
            "html5",
            Template,
            theme.IsBare ? "" : Stylesheets.Page + Stylesheets.Print,
            scripts,
            [
                .. HtmlWriter.Variable("verso-theme", theme.Only ?? ""),
                .. HtmlWriter.Variable("verso-side", HasSide(html.Markdown, rendition) ? "true" : ""),
            ],
            cancellationToken
        );
    }

    // Contents, or notes beside the text.
    private static bool HasSide(string markdown, Rendition rendition) =>
        rendition.Settings.Flag("toc") == true
        || ((string[])[".column-margin", "{.aside", ".aside}"]).Any(markdown.Contains)
        || rendition.Settings.Text("reference-location") == "margin";
}
