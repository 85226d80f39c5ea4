using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

namespace Verso.Cli.Commands.Env;

internal static class ResolveCommand
{
    public static Command Create()
    {
        var directory = ProjectArgument.Create();
        var command = new Command("resolve", "Say which versions a project's requirements resolve to; install nothing")
        {
            directory,
        };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var request = ProjectArgument.Request(arguments.GetRequiredValue(directory));
                var store = settings.OpenStoreForBuilding();
                var outcome = await Output.WithProgressAsync(
                    "Resolving",
                    progress => store.ResolveAsync(request, progress, cancellationToken)
                );
                if (outcome is ResolutionOutcome.Failed failed)
                    return ProjectArgument.Fail(failed.Message, failed.Faults, arguments.WantsJson());
                var resolved = (ResolutionOutcome.Resolved)outcome;
                var (_, resolvedAt, pins) = resolved.Resolution;
                if (arguments.WantsJson())
                    Output.Json(
                        new ResolvedReport(resolved.RequirementsKey, resolved.EnvironmentKey, resolvedAt, pins)
                    );
                else if (pins.Count == 0)
                    Output.Talk.Line(
                        $"Nothing to install: the project names no packages in {RequirementsFile.Name} that are not here already."
                    );
                else
                    foreach (var pin in pins)
                        Output.Data.Line($"{pin.Name}=={pin.Version}");
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
