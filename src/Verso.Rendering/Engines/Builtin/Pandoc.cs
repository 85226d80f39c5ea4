using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin.Formats;
using Verso.Rendering.Execution;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Turns composed Markdown into a document, in one run of pandoc.</summary>
internal sealed class Pandoc(Rendition rendition, Sandbox sandbox)
{
    /// <summary>The filter that marks what cannot be put into the document.</summary>
    public static readonly string Resources = EmbeddedText.Read("resources.lua");

    /// <summary>The filter that spares pandoc the search for a syntax of what has none.</summary>
    public static readonly string Printed = EmbeddedText.Read("printed.lua");

    private readonly string _work = rendition.WorkDirectory;

    /// <param name="arguments">Those of the format, <c>--to</c> first.</param>
    /// <exception cref="ProgramNotFoundException">pandoc is not installed.</exception>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public async Task<MadeDocument> MakeAsync(
        string markdown,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var output = Path.Combine(_work, $"document.{rendition.Format.WrittenExtension}");
        var spec = new ProcessSpec("pandoc", [.. Common(), .. arguments, "--output", output])
        {
            WorkingDirectory = rendition.Document.Directory,
            Input = markdown,
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
                ["HOME"] = _work,
                ["LANG"] = "C.UTF-8",
            },
        };
        var project = rendition.Request.ProjectDirectory;
        // Root's sandbox runs as another user, who reads no more of the project than others may.
        await using var readable =
            sandbox.OwnsWhatItWrites && !OthersMayRead(project)
                ? await WritableProject.CreateAsync(project, sandbox, cancellationToken)
                : null;
        var profile = SandboxProfile.Render(sandbox.Options) with
        {
            ReadOnly = readable is null ? [project] : [],
            Writable = readable is null ? [new WritableFolder(_work)] : [new WritableFolder(_work), readable.Folder],
        };
        var run = await sandbox.RunAsync(spec, profile, cancellationToken);
        var pandoc = run.Process;
        return new MadeDocument(
            pandoc.Succeeded ? [new EngineOutput(output, rendition.OutputName, OutputKind.Document)] : [],
            [
                .. run.Explanation is { } overrun
                    ? [new LogEntry(EntryLevel.Error, $"Making the document was too much. {overrun}")]
                    : (LogEntry[])[],
                .. PandocLog.Read(
                    pandoc,
                    new DocumentPlaces(rendition.Document, rendition.Request.ProjectDirectory, rendition.Lines.SourceOf)
                ),
            ],
            pandoc.Error
        );
    }

    private static bool OthersMayRead(string folder)
    {
        const UnixFileMode File = UnixFileMode.OtherRead;
        const UnixFileMode Folder = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        return new DirectoryInfo(folder).UnixFileMode.HasFlag(Folder)
            && FolderTree
                .Entries(folder)
                .All(entry =>
                    entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                    || entry.UnixFileMode.HasFlag(entry is FileInfo ? File : Folder)
                );
    }

    // What the front matter says to every format.
    private IEnumerable<string> Common()
    {
        var (document, settings) = (rendition.Document, rendition.Settings);
        return
        [
            .. (string[])["--from", "markdown", "--resource-path", document.Directory],
            .. document.FrontMatter.Has("title")
                ? (string[])[]
                : ["--metadata", $"pagetitle={Path.GetFileNameWithoutExtension(document.Path)}"],
            .. settings.Flag("toc") == true ? (string[])["--toc", $"--toc-depth={Depth(settings)}"] : [],
            .. settings.Text("toc-title") is { } title ? (string[])["--metadata", $"toc-title={title}"] : [],
            .. Filters.Arguments(rendition),
        ];
    }

    private static int Depth(DocumentSettings settings) => (int)Math.Clamp(settings.Number("toc-depth") ?? 3, 1, 6);
}
