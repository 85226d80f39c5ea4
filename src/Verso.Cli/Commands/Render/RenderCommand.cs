using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Rendering;
using Verso.Rendering.Documents;
using Verso.Rendering.Engines;
using Verso.Sandboxing;

namespace Verso.Cli.Commands.Render;

internal static class RenderCommand
{
    private static readonly string[] Extensions = [".qmd", ".md"];

    public static Command Create()
    {
        var target = new Argument<string>("FILE|DIR")
        {
            Description = "The .qmd document, or a Quarto project's folder",
        };
        var to = new Option<string?>("--to")
        {
            Description =
                "The format to make, such as html, revealjs, pdf or docx; what the document names unless given",
            HelpName = "FORMAT",
        };
        var engine = new Option<string?>("--engine")
        {
            Description = "auto: Quarto if it is installed, else builtin (Rendering:Engine unless given)",
            HelpName = "auto|quarto|builtin",
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
        var command = new Command("render", "Render a document, or a project, with the packages it names")
        {
            target,
            to,
            engine,
            outputDirectory,
            noInstall,
        };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var request = new RenderRequest(
                    arguments.GetRequiredValue(target),
                    arguments.GetValue(outputDirectory),
                    AllowInstall: !arguments.GetValue(noInstall)
                )
                {
                    Format = arguments.GetValue(to),
                    Person = Environment.UserName,
                    Retry = true,
                };
                var options = settings.Rendering with
                {
                    Engine = Choice(arguments.GetValue(engine)) ?? settings.Rendering.Engine,
                };
                var sandbox = new Sandbox(settings.Sandbox);
                RefuseWhatCannotBe(request);
                var chosen = EngineSelection.Choose(options, sandbox, TimeProvider.System);
                if (chosen.Refuse(request) is { } refusal)
                    throw new UsageException(refusal);
                var project = ProjectDirectory.At(request.Target);
                request = request with { Resolution = settings.Resolutions.Find(project) };
                await using var store = settings.OpenStore();
                var modules = settings.ModuleSources(store);
                var renderer = new Renderer(store, chosen, sandbox, TimeProvider.System, modules);
                var result = await Output.WithProgressAsync(
                    "Reading the document",
                    progress => renderer.RenderAsync(request, RenderLine.On(progress), cancellationToken)
                );
                if (result.Resolution is { } resolution && resolution != request.Resolution)
                    settings.Resolutions.Keep(project, resolution);
                if (arguments.WantsJson())
                    Output.Json(result);
                else
                    RenderReport.Write(result, project);
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

    private static EngineChoice? Choice(string? name) =>
        name switch
        {
            null => null,
            "auto" => EngineChoice.Auto,
            "quarto" => EngineChoice.Quarto,
            "builtin" => EngineChoice.Builtin,
            _ => throw new UsageException($"There is no engine '{name}'; there are: auto, quarto, builtin."),
        };

    private static void RefuseWhatCannotBe(RenderRequest request)
    {
        var path = request.Target;
        if (Directory.Exists(path))
        {
            if (!File.Exists(Path.Combine(path, "_quarto.yml")))
                throw new UsageException($"'{path}' is a folder without _quarto.yml; name the .qmd document in it.");
        }
        else if (!File.Exists(path))
            throw new UsageException($"There is no file '{path}'.");
        // Or the output could take the place of what it was made from.
        else if (!Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
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
