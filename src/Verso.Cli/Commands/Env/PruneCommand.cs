using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Environments.Eviction;

namespace Verso.Cli.Commands.Env;

internal static class PruneCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be removed; remove nothing" };
        var legacy = new Option<bool>("--legacy")
        {
            Description = "Remove virtualenvs that an older layout left in the store's folder, too",
        };
        var command = new Command("prune", "Remove what has been left behind, and what is over the store's marks")
        {
            dryRun,
            legacy,
        };
        command.Runs(
            async (arguments, settings, cancellationToken) =>
            {
                await using var store = settings.OpenStoreForBuilding();
                var isDry = arguments.GetValue(dryRun);
                if (store.Evictor.Run(isDry, cancellationToken) is not { } report)
                {
                    Output.Fail(
                        "Another process is removing things just now; try again later.",
                        [],
                        arguments.WantsJson()
                    );
                    return ExitCodes.DocumentFailed;
                }
                if (arguments.GetValue(legacy))
                    report = report with { Removed = [.. report.Removed, .. store.Evictor.RemoveLegacy(isDry)] };
                if (arguments.WantsJson())
                    Output.Json(report);
                else
                    Show(report, isDry);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static void Show(EvictionReport report, bool dryRun)
    {
        foreach (var item in report.Removed)
            Output.Data.Line(
                $"{(dryRun ? "would remove" : "removed")} {item.Kind.ToString().ToLowerInvariant()} {item.Name} ({Words.Size(item.Space.Bytes)})"
            );
        Output.Talk.Line(
            report.Removed.Count == 0
                ? $"Nothing to remove; the store takes up {Words.Size(report.Before.Bytes)}."
                : $"The store takes up {Words.Size(report.After.Bytes)}{(dryRun ? " then" : "")}, before that {Words.Size(report.Before.Bytes)}."
        );
    }
}
