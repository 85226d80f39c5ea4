using Verso.Rendering.Documents;
using Verso.Sandboxing;

namespace Verso.Rendering.Engines.Builtin;

/// <summary>Turns composed Markdown into one HTML file that needs nothing beside it.</summary>
internal static class Pandoc
{
    private static readonly string Template = EmbeddedText.Read("template.html");
    private static readonly string Resources = EmbeddedText.Read("resources.lua");
    private static readonly string Style = EmbeddedText.Read("theme.css");

    /// <returns>pandoc's warnings and errors; <paramref name="outputPath"/> exists when there was no error.</returns>
    /// <exception cref="ProgramNotFoundException">pandoc is not installed.</exception>
    /// <exception cref="SandboxUnavailableException">This machine allows no sandbox.</exception>
    public static async Task<SandboxResult> ToHtmlAsync(
        string markdown,
        EngineRequest request,
        string outputPath,
        Sandbox sandbox,
        CancellationToken cancellationToken
    )
    {
        var (document, settings, workDirectory) = (request.Document, request.Settings, request.WorkDirectory);
        var template = Path.Combine(workDirectory, "template.html");
        var style = Path.Combine(workDirectory, "theme.css");
        var resources = Path.Combine(workDirectory, "resources.lua");
        await File.WriteAllTextAsync(resources, Resources, cancellationToken);
        await File.WriteAllTextAsync(template, Template, cancellationToken);
        await File.WriteAllTextAsync(style, Style, cancellationToken);
        string[] arguments =
        [
            .. (string[])["--from", "markdown", "--to", "html5", "--standalone", "--self-contained", "--mathml"],
            .. (string[])["--template", template, "--css", style, "--resource-path", document.Directory],
            .. (string[])["--lua-filter", resources, "--output", outputPath],
            .. document.FrontMatter.Has("title")
                ? (string[])[]
                : ["--metadata", $"pagetitle={Path.GetFileNameWithoutExtension(document.Path)}"],
            .. settings.Flag("toc") == true ? (string[])["--toc", $"--toc-depth={Depth(settings)}"] : [],
            .. settings.Text("toc-title") is { } title ? (string[])["--metadata", $"toc-title={title}"] : [],
            .. settings.Flag("number-sections") == true ? (string[])["--number-sections"] : [],
            .. settings.Has("bibliography") ? (string[])["--citeproc"] : [],
        ];
        var spec = new ProcessSpec("pandoc", arguments)
        {
            WorkingDirectory = document.Directory,
            Input = markdown,
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
                ["HOME"] = workDirectory,
                ["LANG"] = "C.UTF-8",
            },
        };
        var profile = SandboxProfile.Render(sandbox.Options) with
        {
            ReadOnly = [request.ProjectDirectory],
            Writable = [new WritableFolder(workDirectory)],
        };
        return await sandbox.RunAsync(spec, profile, cancellationToken);
    }

    private static int Depth(DocumentSettings settings) => (int)Math.Clamp(settings.Number("toc-depth") ?? 3, 1, 6);
}
