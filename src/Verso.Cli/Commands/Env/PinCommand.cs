using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Cli.Commands.Env;

internal static class PinCommand
{
    public static Command Create()
    {
        var directory = ProjectArgument.Create();
        var write = new Option<bool>("--write")
        {
            Description = $"Replace {RequirementsFile.Name} instead of printing",
        };
        var command = new Command("pin", "Print a project's requirements with the exact versions they resolve to")
        {
            directory,
            write,
        };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var request = ProjectArgument.Request(arguments.GetRequiredValue(directory), settings);
                await using var store = settings.OpenStoreForBuilding();
                var outcome = await Output.WithProgressAsync(
                    "Resolving",
                    progress => store.ResolveAsync(request, refresh: false, progress, cancellationToken)
                );
                if (outcome is not ResolutionOutcome.Resolved resolved)
                    return ProjectArgument.Fail((ResolutionOutcome.Failed)outcome, arguments.WantsJson());
                var pinned = PinnedRequirements.Write(
                    RequirementsFile.Load(request.ProjectDirectory),
                    resolved.Resolution.Pins,
                    (await store.InspectBaseAsync(cancellationToken)).Packages
                );
                if (arguments.GetValue(write))
                    RequirementsFile.Replace(request.ProjectDirectory, pinned);
                if (arguments.WantsJson())
                    Output.Json(new PinReport(pinned));
                else if (!arguments.GetValue(write))
                    Console.Out.Write(pinned);
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
