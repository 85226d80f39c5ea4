using Verso.Rendering.Execution;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>What the builtin engine can make of a document.</summary>
/// <param name="name">Quarto's.</param>
internal abstract class OutputFormat(string name, string extension)
{
    /// <summary>The first is what a document becomes that names none.</summary>
    public static readonly IReadOnlyList<OutputFormat> All = [new WebPage()];

    public static OutputFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    public string Name => name;

    public string Extension => extension;

    /// <summary>Whether outputs that are HTML can be shown in it.</summary>
    public virtual bool ShowsHtml => false;

    /// <summary>The images it can show, best first.</summary>
    public virtual IReadOnlyList<ImageType> Images => [ImageType.Png, ImageType.Jpeg, ImageType.Gif, ImageType.Svg];

    public abstract Task<MadeDocument> MakeAsync(
        Rendition rendition,
        ExecutionResult execution,
        Sandbox sandbox,
        CancellationToken cancellationToken
    );
}
