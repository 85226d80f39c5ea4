using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Verso.Cli.Terminal;
using Verso.Sandboxing;
using Verso.Server.Hosting;
using Verso.Server.Settings;

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
        var command = new Command("serve", "Serve others: render projects for a workspace") { roles };
        command.RunsServer(
            async (arguments, cancellationToken) =>
            {
                var chosen = Roles(arguments.GetValue(roles));
                var settings = Settings(arguments);
                await using var app = ServerHost.Create(settings, chosen);
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

    internal static ServerSettings Settings(ParseResult arguments)
    {
        try
        {
            var settings = ServerSettings.Load(new ConfigurationBuilder().AddEnvironmentVariables().Build());
            if (arguments.GetValue(VersoCommand.Unconfined))
                settings = settings with { Sandbox = settings.Sandbox with { Mode = SandboxMode.Unconfined } };
            if (settings.Sandbox.Mode == SandboxMode.Unconfined)
                Output.Talk.Line("The sandbox is off: code of documents and packages may do whatever this server may.");
            return settings;
        }
        catch (SettingsException e)
        {
            throw new UsageException(e.Message, [.. e.Faults.Select(fault => new Fault(fault))]);
        }
    }

    internal static Task Stopping(CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(stopping.SetResult);
        return stopping.Task;
    }
}
