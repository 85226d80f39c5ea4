using System.CommandLine;
using Verso.Environments.Store;
using Verso.Rendering;
using Verso.Rendering.Engines.Builtin;

namespace Verso.Cli.Commands;

internal static class RenderCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The .qmd document" };
        var to = new Option<string>("--to")
        {
            Description = "The format to make: html",
            DefaultValueFactory = _ => "html",
        };
        var outputDirectory = new Option<string?>("--output-dir")
        {
            Description = "Where the outputs go; beside the document unless given",
        };
        var noInstall = new Option<bool>("--no-install") { Description = "Install nothing: use the base interpreter" };
        var command = new Command("render", "Render a document") { file, to, outputDirectory, noInstall };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var path = arguments.GetRequiredValue(file);
                RefuseWhatCannotBe(path, arguments.GetRequiredValue(to));
                var store = new EnvironmentStore(settings.Environments, settings.PackageIndex, TimeProvider.System);
                var renderer = new Renderer(store, TimeProvider.System);
                var request = new RenderRequest(
                    path,
                    arguments.GetValue(outputDirectory),
                    AllowInstall: !arguments.GetValue(noInstall)
                );
                var result = await Output.WithStatusAsync(
                    "Reading the document",
                    status =>
                        renderer.RenderAsync(
                            request,
                            status is null ? null : new StatusProgress(status),
                            cancellationToken
                        )
                );
                Show(result, arguments.GetValue(VersoCommand.Json));
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

    private static void RefuseWhatCannotBe(string path, string format)
    {
        if (!BuiltinEngine.Formats.Contains(format))
            throw new UsageException(
                $"The builtin engine cannot make '{format}' yet; it makes: {string.Join(", ", BuiltinEngine.Formats)}."
            );
        if (Directory.Exists(path))
            throw new UsageException($"{path} is a folder; name the .qmd document in it.");
        if (!File.Exists(path))
            throw new UsageException($"There is no file {path}.");
    }

    private static void Show(RenderResult result, bool json)
    {
        if (json)
        {
            Output.WriteJson(result);
            return;
        }
        if (result.Environment is { State: EnvironmentState.Built, Packages.Count: var count } built)
            Output.Say($"Installed {count} package(s) in {built.Seconds:0.0} s.");
        foreach (var entry in result.Log)
            Output.Say(entry.ToString());
        foreach (
            var output in result.Outputs.Where(output =>
                output.Type != "text/plain" || result.Status != RenderStatus.Success
            )
        )
            Output.WriteLine(output.Path);
    }

    private sealed class StatusProgress(Action<string> show) : IProgress<RenderProgress>
    {
        public void Report(RenderProgress value) =>
            show(value.Stage == RenderStage.Environment ? $"Packages: {value.Message}" : value.Message);
    }
}
