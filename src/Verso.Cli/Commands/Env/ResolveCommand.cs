using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;

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
                var request = ProjectArgument.Request(arguments.GetRequiredValue(directory), settings);
                await using var store = settings.OpenStoreForBuilding();
                var outcome = await Output.WithProgressAsync(
                    "Resolving",
                    progress => store.ResolveAsync(request, refresh: false, progress, cancellationToken)
                );
                if (outcome is not ResolutionOutcome.Resolved resolved)
                    return ProjectArgument.Fail((ResolutionOutcome.Failed)outcome, arguments.WantsJson());
                var resolution = resolved.Resolution;
                settings.Resolutions.Keep(request.ProjectDirectory, resolution);
                var pins = resolution.Pins;
                if (arguments.WantsJson())
                    Output.Json(
                        new ResolvedReport(
                            resolution.RequirementsKey,
                            resolved.EnvironmentKey,
                            resolution.ResolvedAt,
                            pins
                        )
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
