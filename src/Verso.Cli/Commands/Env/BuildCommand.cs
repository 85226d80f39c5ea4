using System.CommandLine;
using System.Diagnostics;
using Verso.Cli.Terminal;
using Verso.Environments.Requirements;
using Verso.Environments.Store;
using Verso.Rendering;

namespace Verso.Cli.Commands.Env;

internal static class BuildCommand
{
    public static Command Create()
    {
        var directory = ProjectArgument.Create();
        var command = new Command("build", "Build the environment of a project, unless it is there already")
        {
            directory,
        };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                var request = ProjectArgument.Request(arguments.GetRequiredValue(directory), settings);
                var watch = Stopwatch.StartNew();
                await using var store = settings.OpenStoreForBuilding();
                using var outcome = await Output.WithProgressAsync(
                    "Building the environment",
                    progress => store.AcquireAsync(request, progress, cancellationToken)
                );
                if (outcome is EnvironmentOutcome.Leased leased && leased.Resolution != request.Resolution)
                    settings.Resolutions.Keep(request.ProjectDirectory, leased.Resolution);
                return Show(outcome, watch.Elapsed, arguments.WantsJson());
            }
        );
        return command;
    }

    private static int Show(EnvironmentOutcome outcome, TimeSpan elapsed, bool json)
    {
        if (outcome is EnvironmentOutcome.Base { Reason: not BaseReason.NoRequirements } failed)
        {
            // What pip printed comes first, its meaning (which ends the log) last, where people look.
            if (!json && failed.Log.TrimEnd().LastIndexOf('\n') is > 0 and var end)
                Output.Talk.Line(new Piece(failed.Log[..end], Tone.Quiet));
            return ProjectArgument.Fail(failed.Message, failed.Faults, json);
        }
        var leased = outcome as EnvironmentOutcome.Leased;
        foreach (var warning in leased?.Environment.Record.Warnings ?? [])
            Output.Talk.Line(warning);
        var state =
            leased is null ? EnvironmentState.Base
            : leased.Built ? EnvironmentState.Built
            : EnvironmentState.Reused;
        var packages = Packages.Of(leased?.Environment);
        if (json)
            Output.Json(new BuildReport(leased?.Environment.Key, state, Math.Round(elapsed.TotalSeconds, 3), packages));
        else if (leased is null)
            Output.Talk.Line($"Nothing to build. {((EnvironmentOutcome.Base)outcome).Message}");
        else
            Output.Data.Line(
                new Piece(leased.Built ? "built " : "reused ", Tone.Good),
                $"{leased.Environment.ShortKey} with {Words.Count(packages.Count, "package")} in {elapsed.TotalSeconds:0.0} s"
            );
        return ExitCodes.Success;
    }
}
