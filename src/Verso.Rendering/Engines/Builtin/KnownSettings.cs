using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>The keys that front matter usually has, for telling a slip of the pen from metadata of one's own.</summary>
internal static class KnownSettings
{
    /// <summary>Asked for by Quarto's documents, and without effect in the builtin engine.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unsupported = new Dictionary<string, string>
    {
        ["code-tools"] = "the menu of code tools",
        ["code-link"] = "links from code to documentation",
        ["comments"] = "comments",
        ["lightbox"] = "images that are enlarged on a click",
        ["filters"] = "filters of one's own",
        ["shortcodes"] = "shortcodes of one's own",
        ["template"] = "templates of one's own",
        ["template-partials"] = "templates of one's own",
        ["title-block-banner"] = "a banner behind the title",
        ["appendix-style"] = "other styles of the appendix",
        ["citation"] = "the box that tells how to cite the document",
        ["link-external-newwindow"] = "links that open windows",
        ["link-external-icon"] = "signs at links that lead elsewhere",
        ["code-block-bg"] = "other colours of code blocks",
        ["code-block-border-left"] = "other borders of code blocks",
        ["highlight-style"] = "other colours of code",
        ["page-layout"] = "other layouts of the page",
        ["toc-expand"] = "contents that fold",
        ["about"] = "about pages",
        ["listing"] = "listings of pages",
        ["knitr"] = "R",
        ["freeze"] = "frozen results",
    };

    private static readonly string[] Usual =
    [
        .. Words(
            """
            title subtitle author authors affiliation affiliations date date-modified date-format abstract abstract-title
            keywords doi description categories image lang language dir format execute params jupyter kernel engine project
            website book bibliography csl references nocite suppress-bibliography link-citations citeproc cite-method
            citation-location reference-location crossref number-sections number-depth number-offset toc toc-depth
            toc-location toc-title shift-heading-level-by theme css mainfont monofont fontsize linestretch fontcolor
            linkcolor backgroundcolor monobackgroundcolor max-width grid margin-left margin-right margin-top margin-bottom
            papersize geometry documentclass include-in-header include-before-body include-after-body header-includes
            embed-resources self-contained standalone output-file output-ext html-math-method callout-appearance
            callout-icon code-fold code-summary code-overflow code-line-numbers code-copy code-annotations fig-width
            fig-height fig-format fig-dpi fig-align fig-cap-location fig-responsive tbl-cap-location tbl-colwidths
            cap-location lst-cap-location smooth-scroll anchor-sections df-print keep-md keep-ipynb slide-level
            incremental reference-doc metadata-files draft editor license copyright funding footnotes-hover
            citations-hover crossrefs-hover logo footer slide-number transition section-divs thanks institute
            pagetitle title-prefix author-meta date-meta revealjs-plugins execute-dir search sidebar order
            echo eval include output warning error cache
            """
        ),
    ];

    /// <summary>What stands under <c>execute:</c>, besides the options of cells.</summary>
    public static readonly IReadOnlyList<string> OfExecution =
    [
        .. Words("enabled cache freeze daemon daemon-restart keep-md keep-ipynb ipynb debug kernel message"),
        .. CellOption.All.Select(option => option.Name),
    ];

    /// <summary>What a key was meant to be that is nearly another one; null for one that is right, or somebody's own.</summary>
    public static string? Meant(string key) =>
        Usual.Contains(key) || Unsupported.ContainsKey(key) || CellOption.IsKnown(key)
            ? null
            : Spelling.Nearest(
                key,
                Usual.Concat(Unsupported.Keys).Concat(CellOption.All.Select(option => option.Name))
            );

    private static string[] Words(string text) =>
        text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
