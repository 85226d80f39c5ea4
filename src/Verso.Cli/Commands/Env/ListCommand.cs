using System.CommandLine;
using Verso.Cli.Terminal;

namespace Verso.Cli.Commands.Env;

internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "List the environments, most recently used first");
        command.Runs(
            async (arguments, settings, _) =>
            {
                await using var store = settings.OpenStore();
                IReadOnlyList<EnvironmentReport> reports =
                [
                    .. store
                        .List()
                        .Select(entry => new EnvironmentReport(
                            entry.Environment.Key,
                            entry.Environment.Record.BuiltAt,
                            entry.LastUsed,
                            entry.Environment.Record.Bytes,
                            entry.Environment.Record.Requirements,
                            Packages.Of(entry.Environment)
                        )),
                ];
                if (arguments.WantsJson())
                    Output.Json(reports);
                else if (reports.Count == 0)
                    Output.Talk.Line($"There are no environments in {settings.Environments.StoreDirectory}.");
                else
                    Table.Write(
                        Output.Data,
                        ["KEY", "USED", "SIZE", "PACKAGES", "REQUIREMENTS"],
                        [.. reports.Select(Row)]
                    );
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static IReadOnlyList<string> Row(EnvironmentReport report) =>
        [
            report.Key[..12],
            Words.Date(report.LastUsed),
            Words.Size(report.Bytes),
            $"{report.Packages.Count}",
            string.Join(", ", report.Requirements),
        ];
}
