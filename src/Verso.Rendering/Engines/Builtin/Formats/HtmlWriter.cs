using Verso.Rendering.Engines.Builtin.Themes;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>Makes an HTML file: one that needs nothing beside it, or one with a folder of its figures.</summary>
internal sealed class HtmlWriter
{
    private static readonly string Pages = EmbeddedText.Read("pages.lua");

    private readonly Rendition _rendition;
    private readonly Sandbox _sandbox;
    private readonly LibraryScripts _aside;

    public HtmlWriter(Rendition rendition, ExecutionResult execution, Sandbox sandbox)
    {
        (_rendition, _sandbox) = (rendition, sandbox);
        _aside = new LibraryScripts(execution.Libraries);
        Markdown = new MarkdownComposer(rendition, execution, _aside).Compose();
    }

    public string Markdown { get; }

    /// <param name="writer">Pandoc's name of the format.</param>
    /// <param name="template">With places for <c>verso-style</c> and <c>verso-scripts</c>.</param>
    public async Task<MadeDocument> MakeAsync(
        string writer,
        string template,
        string style,
        string scripts,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var theme = new ThemeSettings(_rendition);
        string[] all =
        [
            .. (string[])["--to", writer, "--standalone", "--mathml"],
            .. _rendition.Embeds ? (string[])["--self-contained"] : [],
            .. (string[])["--template", _rendition.Write("template.html", template)],
            .. (string[])["--lua-filter", _rendition.Write("resources.lua", Pandoc.Resources)],
            .. (string[])["--lua-filter", _rendition.Write("printed.lua", Pandoc.Printed)],
            .. Directory.Exists(_rendition.Request.Render.Target)
                ? (string[])["--lua-filter", _rendition.Write("pages.lua", Pages)]
                : [],
            .. Variable("verso-style", _aside.PutAside("style", $"<style>\n{style}{theme.Css()}</style>")),
            .. Variable("verso-scripts", scripts.Length == 0 ? "" : _aside.PutAside("scripts", scripts)),
            .. new OwnSheets(_rendition, _aside).Arguments(),
            .. arguments,
        ];
        var made = await new Pandoc(_rendition, _sandbox).MakeAsync(Markdown, all, cancellationToken);
        if (made.Outputs is not [var document])
            return made;
        await _aside.FillAsync(document.Path, _rendition, cancellationToken);
        return made with
        {
            Outputs = [document, .. _rendition.Beside()],
            Entries = [.. theme.Warnings(), .. made.Entries],
        };
    }

    public static IEnumerable<string> Variable(string name, string value) =>
        value.Length == 0 ? [] : ["--variable", $"{name}={value}"];

    public static string Script(string text) => $"<script>\n{text}</script>\n";
}
