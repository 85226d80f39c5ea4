using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Server.Hosting;
using Verso.Server.Storage;

namespace Verso.Cli.Commands.Serve;

internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the workspace's database to this version's form");
        command.RunsServer(
            async (arguments, cancellationToken) =>
            {
                await using var app = ServerHost.Create(
                    ServerSetup.Load(arguments),
                    new HashSet<ServerRole> { ServerRole.Web }
                );
                var made = await StorageFeature.MigrateAsync(app.Services, cancellationToken);
                if (arguments.WantsJson())
                    Output.Json(made);
                else
                    Output.Talk.Line(
                        made.Count == 0 ? "The database is up to date." : $"Migrated: {string.Join(", ", made)}"
                    );
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
