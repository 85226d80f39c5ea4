using Verso.Rendering.Documents;

namespace Verso.Rendering.Engines.Builtin.Formats;

/// <summary>One document on its way to one format.</summary>
/// <param name="OutputName">What the document is called that comes out.</param>
internal sealed record Rendition(EngineRequest Request, OutputFormat Format, string OutputName)
{
    public QuartoDocument Document => Request.Document;

    public DocumentSettings Settings { get; } = new(Request.Document.FrontMatter, Format.Name);

    /// <summary>Its own, within the render's.</summary>
    public string WorkDirectory { get; } =
        Directory.CreateDirectory(Path.Combine(Request.WorkDirectory, Format.Name)).FullName;

    public string FigureDirectory { get; } =
        Directory.CreateDirectory(Path.Combine(Request.WorkDirectory, Format.Name, "figures")).FullName;

    /// <summary>The document's path within its project, for what is said of it.</summary>
    public string File => Path.GetRelativePath(Request.ProjectDirectory, Document.Path);

    /// <summary>A file that a program in the sandbox is to read.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(WorkDirectory, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
