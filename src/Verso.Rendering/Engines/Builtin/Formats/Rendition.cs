using Verso.Rendering.Documents;
using Verso.Rendering.Execution;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>One document on its way to one format.</summary>
internal sealed class Rendition
{
    /// <param name="outputName">What the document is called that comes out.</param>
    public Rendition(EngineRequest request, OutputFormat format, string outputName)
    {
        (Request, Format, OutputName) = (request, format, outputName);
        Settings = Document.SettingsFor(format.SettingsOf(Document));
        Embeds =
            format.Embeds ?? (Settings.Flag("embed-resources") != false && Settings.Flag("self-contained") != false);
        WorkDirectory = Directory.CreateDirectory(Path.Combine(request.WorkDirectory, format.Name)).FullName;
        FigureDirectory = Directory.CreateDirectory(Path.Combine(Files, $"figure-{format.Name}")).FullName;
    }

    public EngineRequest Request { get; }

    public OutputFormat Format { get; }

    public string OutputName { get; }

    public QuartoDocument Document => Request.Document;

    public DocumentSettings Settings { get; }

    /// <summary>Whether everything that belongs to the output stands in it.</summary>
    public bool Embeds { get; }

    /// <summary>Its own, within the render's.</summary>
    public string WorkDirectory { get; }

    public string FigureDirectory { get; }

    /// <summary>Leads from what pandoc reads to the document, once it has been composed.</summary>
    public LineMap Lines { get; set; } = new();

    /// <summary>The document's path within its project, for what is said of it.</summary>
    public string File => Path.GetRelativePath(Request.ProjectDirectory, Document.Path);

    /// <summary>What is to stand beside the output unless it stands in it; without spaces or the like in its name.</summary>
    public string Files => Path.Combine(WorkDirectory, "files");

    /// <summary>What the folder of those files is called beside the output, as Quarto does.</summary>
    public string FilesName => $"{Path.GetFileNameWithoutExtension(OutputName)}_files";

    /// <summary>A file that a program in the sandbox is to read.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(WorkDirectory, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The files that are to stand beside the output.</summary>
    public IEnumerable<EngineOutput> Beside() =>
        Embeds
            ? []
            : RegularFiles
                .In(Files)
                .Select(file => new EngineOutput(
                    file.File.FullName,
                    Path.Combine(FilesName, file.Relative),
                    OutputKind.Supporting
                ));
}
