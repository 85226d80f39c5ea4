using Verso.Rendering.Documents;
using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>What the builtin engine can make of a document.</summary>
/// <param name="name">Quarto's.</param>
internal abstract class OutputFormat(string name, string extension)
{
    /// <summary>The first is what a document becomes that names none.</summary>
    public static readonly IReadOnlyList<OutputFormat> All =
    [
        new WebPage(),
        new SlideDeck(),
        new PrintedDocument(),
        new OfficeDocument("docx"),
        new OfficeDocument("pptx"),
        new MarkdownFile(),
        new Notebook(),
    ];

    public static OutputFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    public string Name => name;

    public string Extension => extension;

    /// <summary>Of the file that pandoc writes.</summary>
    public virtual string WrittenExtension => extension;

    /// <summary>Under which name the front matter has its settings.</summary>
    public virtual string SettingsOf(QuartoDocument document) => name;

    /// <summary>Whether outputs that are HTML can be shown in it.</summary>
    public virtual bool ShowsHtml => false;

    /// <summary>Whether figures stand in the document itself; null where it may say so.</summary>
    public virtual bool? Embeds => true;

    /// <summary>The images it can show, best first.</summary>
    public virtual IReadOnlyList<ImageType> Images => ImageType.ForOffices;

    public abstract Task<MadeDocument> MakeAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    );
}
