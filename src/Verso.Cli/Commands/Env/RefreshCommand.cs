using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Resolving;

namespace Verso.Cli.Commands.Env;

internal static class RefreshCommand
{
    public static Command Create()
    {
        var directory = ProjectArgument.Create();
        var command = new Command("refresh", "Resolve a project's requirements anew and say which versions moved")
        {
            directory,
        };
        ResolvedProject.Handle(
            command,
            directory,
            refresh: true,
            (arguments, project, _) =>
            {
                var moved = MovedPackage.Between(project.Request.Resolution?.Pins ?? [], project.Pins);
                if (arguments.WantsJson())
                    Output.Json(new RefreshReport(project.Outcome.EnvironmentKey, moved));
                else
                    Show(moved, project.Pins.Count);
                return Task.CompletedTask;
            }
        );
        return command;
    }

    private static void Show(IReadOnlyList<MovedPackage> moved, int packages)
    {
        foreach (var package in moved)
            Output.Data.Line(
                package.From is null ? $"{package.Name} {package.To} (new)"
                : package.To is null ? $"{package.Name} {package.From} (not needed any more)"
                : package.From == package.To ? $"{package.Name} {package.To} (other content)"
                : $"{package.Name} {package.From} → {package.To}"
            );
        if (moved.Count == 0)
            Output.Talk.Line($"Nothing moved; {Words.Count(packages, "package")} as before.");
    }
}
