using System.CommandLine;
using Verso.Cli.Terminal;
using Verso.Server.Hosting;

namespace Verso.Cli.Commands.Serve;

internal static class ServeCommand
{
    public static Command Create()
    {
        var roles = new Option<string>("--roles")
        {
            Description = $"What this process does, of: {string.Join(", ", RoleNames())} (all unless given)",
            HelpName = "ROLE,…",
        };
        var command = new Command("serve", "Serve others: the workspace, and rendering its projects") { roles };
        command.RunsServer(
            async (arguments, cancellationToken) =>
            {
                var chosen = Roles(arguments.GetValue(roles));
                var settings = ServerSetup.Load(arguments);
                if (
                    chosen.Contains(ServerRole.Web)
                    && !chosen.Contains(ServerRole.Compile)
                    && settings.Compile.Endpoints.Count == 0
                )
                    throw new UsageException(
                        "The role web alone needs compile services on other machines; name them in Compile:Endpoints, or add the role compile."
                    );
                await using var app = ServerHost.Create(settings, chosen);
                if (chosen.Contains(ServerRole.Web))
                    await ServerSetup.PrepareDatabaseAsync(app.Services, cancellationToken);
                await app.StartAsync(cancellationToken);
                Output.Talk.Line($"Listening on {string.Join(", ", app.Urls)}");
                await Stopping(cancellationToken);
                await app.StopAsync(CancellationToken.None);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static IEnumerable<string> RoleNames() =>
        Enum.GetNames<ServerRole>().Select(name => name.ToLowerInvariant());

    private static HashSet<ServerRole> Roles(string? text)
    {
        if (text is null)
            return [.. Enum.GetValues<ServerRole>()];
        var chosen = new HashSet<ServerRole>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
            chosen.Add(
                RoleNames().Contains(name)
                    ? Enum.Parse<ServerRole>(name, ignoreCase: true)
                    : throw new UsageException(
                        $"There is no role '{name}'; there are: {string.Join(", ", RoleNames())}."
                    )
            );
        return chosen;
    }

    internal static Task Stopping(CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(stopping.SetResult);
        return stopping.Task;
    }
}
