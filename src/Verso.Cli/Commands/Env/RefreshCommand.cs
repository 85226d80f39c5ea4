using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Resolving;
using Verso.Environments.Store;

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
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var request = ProjectArgument.Request(arguments.GetRequiredValue(directory), settings);
                await using var store = settings.OpenStoreForBuilding();
                var outcome = await Output.WithProgressAsync(
                    "Resolving",
                    progress => store.ResolveAsync(request, refresh: true, progress, cancellationToken)
                );
                if (outcome is not ResolutionOutcome.Resolved resolved)
                    return ProjectArgument.Fail((ResolutionOutcome.Failed)outcome, arguments.WantsJson());
                settings.Resolutions.Keep(request.ProjectDirectory, resolved.Resolution);
                var moved = MovedPackage.Between(request.Resolution?.Pins ?? [], resolved.Resolution.Pins);
                if (arguments.WantsJson())
                    Output.Json(new RefreshReport(resolved.EnvironmentKey, moved));
                else
                    Show(moved, resolved.Resolution.Pins.Count);
                return ExitCodes.Success;
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
