using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Requirements;

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
        ResolvedProject.Handle(
            command,
            directory,
            refresh: false,
            (arguments, project, _) =>
            {
                var resolution = project.Outcome.Resolution;
                if (arguments.WantsJson())
                    Output.Json(
                        new ResolvedReport(
                            resolution.RequirementsKey,
                            project.Outcome.EnvironmentKey,
                            resolution.ResolvedAt,
                            project.Pins
                        )
                    );
                else if (project.Pins.Count == 0)
                    Output.Talk.Line(
                        $"Nothing to install: the project names no packages in {RequirementsFile.Name} that are not here already."
                    );
                else
                    foreach (var pin in project.Pins)
                        Output.Data.Line($"{pin.Name}=={pin.Version}");
                return Task.CompletedTask;
            }
        );
        return command;
    }
}
