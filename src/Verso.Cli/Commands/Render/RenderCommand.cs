using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Rendering;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines.Builtin;
using Verso.Sandboxing;

namespace Verso.Cli.Commands.Render;

internal static class RenderCommand
{
    private static readonly string[] Extensions = [".qmd", ".md"];

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The .qmd document" };
        var to = new Option<string>("--to")
        {
            Description = $"The format to make: {string.Join(", ", BuiltinEngine.Formats)}",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => BuiltinEngine.Formats[0],
        };
        var outputDirectory = new Option<string?>("--output-dir")
        {
            Description = "The folder for the outputs; beside the document unless given",
            HelpName = "DIR",
        };
        var noInstall = new Option<bool>("--no-install")
        {
            Description = "Use the base interpreter; install and reuse no packages of the project",
        };
        var command = new Command("render", "Render a document with the packages its project names")
        {
            file,
            to,
            outputDirectory,
            noInstall,
        };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var request = new RenderRequest(
                    arguments.GetRequiredValue(file),
                    arguments.GetValue(outputDirectory),
                    AllowInstall: !arguments.GetValue(noInstall)
                );
                RefuseWhatCannotBe(request, arguments.GetRequiredValue(to));
                var project = ProjectDirectory.Of(Path.GetFullPath(request.DocumentPath));
                request = request with { Resolution = settings.Resolutions.Find(project), Retry = true };
                await using var store = settings.OpenStore();
                var sandbox = new Sandbox(settings.Sandbox);
                var renderer = new Renderer(store, sandbox, TimeProvider.System, settings.ModuleSources(store));
                var result = await Output.WithProgressAsync(
                    "Reading the document",
                    progress => renderer.RenderAsync(request, RenderLine.On(progress), cancellationToken)
                );
                if (result.Resolution is { } resolution && resolution != request.Resolution)
                    settings.Resolutions.Keep(project, resolution);
                if (arguments.WantsJson())
                    Output.Json(result);
                else
                    RenderReport.Write(result, request.DocumentPath);
                return result.Status switch
                {
                    RenderStatus.Success => ExitCodes.Success,
                    RenderStatus.Failure => ExitCodes.DocumentFailed,
                    _ => ExitCodes.OwnFault,
                };
            }
        );
        return command;
    }

    private static void RefuseWhatCannotBe(RenderRequest request, string format)
    {
        var path = request.DocumentPath;
        if (!BuiltinEngine.Formats.Contains(format))
            throw new UsageException(
                $"The builtin engine cannot make '{format}' yet; it makes: {string.Join(", ", BuiltinEngine.Formats)}."
            );
        if (Directory.Exists(path))
            throw new UsageException($"'{path}' is a folder; name the .qmd document in it.");
        if (!File.Exists(path))
            throw new UsageException($"There is no file '{path}'.");
        // Or the output could take the place of what it was made from.
        if (!Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new UsageException(
                $"'{path}' is no document; its name must end in {string.Join(" or ", Extensions)}."
            );
        if (request.OutputDirectory is { } directory && (directory.Length == 0 || File.Exists(directory)))
            throw new UsageException($"--output-dir '{directory}' is no folder.");
    }

    private sealed class RenderLine(IProgress<string> line) : IProgress<RenderProgress>
    {
        public static RenderLine? On(IProgress<string>? line) => line is null ? null : new RenderLine(line);

        public void Report(RenderProgress value) =>
            line.Report(value.Stage == RenderStage.Environment ? $"Packages: {value.Message}" : value.Message);
    }
}
