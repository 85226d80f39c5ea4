using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Themes;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>A PDF: the page as Chromium prints it, or the slides, one a sheet, of a document that is a deck.</summary>
internal sealed class PrintedDocument() : OutputFormat("pdf", "pdf")
{
    public override bool ShowsHtml => true;

    public override IReadOnlyList<ImageType> Images => ImageType.ForScreens;

    public override string WrittenExtension => "html";

    public override string SettingsOf(QuartoDocument document) => IsDeck(document) ? SlideDeck.Named : Name;

    public override async Task<MadeDocument> MakeAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        // Found out before pandoc has done its work for nothing.
        if (Chromium.TryFind() is null)
            return MadeDocument.Missing(
                "A PDF is printed by Chromium, which is not installed (Debian: chromium).",
                rendition
            );
        var isDeck = IsDeck(rendition.Document);
        var made = isDeck
            ? await SlideDeck.MakeHtmlAsync(rendition, execution, sandbox, cancellationToken)
            : await MakePageAsync(rendition, execution, sandbox, cancellationToken);
        if (made.Outputs is not [var page, ..])
            return made;
        var printed = await Chromium.PrintAsync(
            rendition,
            page.Path,
            isDeck ? "?print-pdf" : "",
            sandbox,
            cancellationToken
        );
        return printed with { Entries = [.. made.Entries, .. printed.Entries], Log = made.Log + printed.Log };
    }

    private static Task<MadeDocument> MakePageAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    ) =>
        new HtmlWriter(rendition, execution, sandbox).MakeAsync(
            "html5",
            WebPage.Template,
            Stylesheets.Page + Stylesheets.Print + Stylesheets.Paper + new PaperSettings(rendition).Css(),
            "",
            HtmlWriter.Variable("verso-theme", "light"),
            cancellationToken
        );

    // Slides are what it is made for, and nothing else that is read on a screen.
    private static bool IsDeck(QuartoDocument document) =>
        AskedFormats.Named(document) is var named && named.Contains(SlideDeck.Named) && !named.Contains("html");
}
