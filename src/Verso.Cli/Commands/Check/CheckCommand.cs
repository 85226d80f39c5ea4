using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Store;
using Verso.Rendering.Checking;
using Verso.Rendering.Documents;
using Verso.Rendering.Logs;
using Verso.Sandboxing;

namespace Verso.Cli.Commands.Check;

internal static class CheckCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("DIR|FILE") { Description = "A project's folder, or a .qmd document" };
        var noInstall = new Option<bool>("--no-install")
        {
            Description = "Check against the base interpreter; install and reuse no packages of the project",
        };
        var command = new Command("check", "Say what documents import that their environment does not have")
        {
            path,
            noInstall,
        };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var what = arguments.GetRequiredValue(path);
                if (!Path.Exists(what))
                    throw new UsageException($"There is no file or folder '{what}'.");
                if (File.Exists(what) && Path.GetExtension(what).ToLowerInvariant() is not (".qmd" or ".md"))
                    throw new UsageException($"'{what}' is no document; its name must end in .qmd or .md.");
                var project = Directory.Exists(what)
                    ? ProjectDirectory.Containing(Path.GetFullPath(what))
                    : ProjectDirectory.Of(what);
                var request = new EnvironmentRequest(project, AllowInstall: !arguments.GetValue(noInstall))
                {
                    Resolution = settings.Resolutions.Find(project),
                    Retry = true,
                };
                await using var store = settings.OpenStore();
                var check = new ProjectCheck(store, new Sandbox(settings.Sandbox), settings.ModuleSources(store));
                var result = await Output.WithProgressAsync(
                    "Reading the documents",
                    progress => check.CheckAsync(what, request, progress, cancellationToken)
                );
                Show(result, project, arguments.WantsJson());
                return result.Entries.Any(entry => entry.Level == EntryLevel.Error)
                    ? ExitCodes.DocumentFailed
                    : ExitCodes.Success;
            }
        );
        return command;
    }

    private static void Show(CheckResult result, string project, bool json)
    {
        if (json)
            Output.Json(new CheckReport(result.Entries));
        else if (result.Entries.Count == 0)
            Output.Talk.Line($"{Words.Count(result.Documents, "document")} checked; nothing is missing.");
        else
            EntryLines.Write(Output.Data, result.Entries, project);
    }
}
