using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Verso.Cli.Commands.Serve;
using Verso.Cli.Terminal;
using Verso.Sandboxing;
using Verso.Server.Demo;
using Verso.Server.Hosting;
using Verso.Server.Settings;
using Verso.Server.Storage;

namespace Verso.Cli.Commands.Demo;

/// <summary>The whole of Verso on this machine, with something in it to try.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "Where everything is kept between starts",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultData(),
        };
        var port = new Option<int>("--port")
        {
            Description = "Of the address; 0 for any that is free",
            HelpName = "PORT",
            DefaultValueFactory = _ => 3000,
        };
        var open = new Option<bool>("--open") { Description = "Show it in the browser" };
        var command = new Command("demo", "Try Verso on this machine: a sample account and two sample projects")
        {
            data,
            port,
            open,
        };
        command.RunsServer(
            async (arguments, cancellationToken) =>
            {
                var settings = Demo(
                    ServerSetup.Load(arguments),
                    Folder(arguments.GetValue(data)!),
                    Port(arguments.GetValue(port))
                );
                await using var app = ServerHost.Create(
                    settings,
                    new HashSet<ServerRole>(Enum.GetValues<ServerRole>())
                );
                await StorageFeature.MigrateAsync(app.Services, cancellationToken);
                var password = await DemoContent.AddAsync(app.Services, cancellationToken);
                await app.StartAsync(cancellationToken);
                var address = app.Urls.First();
                Output.Talk.Line($"Verso is at {address}");
                Output.Talk.Line($"Sign in as {DemoContent.UserName} with the password {password}");
                Output.Talk.Line("Ctrl+C ends it; what you make stays for the next start.");
                var showing = arguments.GetValue(open) ? ShowAsync(address, cancellationToken) : Task.CompletedTask;
                await ServeCommand.Stopping(cancellationToken);
                await showing;
                await app.StopAsync(CancellationToken.None);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    // Only for this machine's people, so that what would be careless on a server can be tried.
    private static ServerSettings Demo(ServerSettings settings, string data, int port) =>
        settings with
        {
            Compile = settings.Compile with { Directory = Path.Combine(data, "compiles") },
            Environments = settings.Environments with
            {
                Enabled = true,
                // The examples' wheelhouse has nothing that is not everybody's.
                UntrustedTextUsesBase = settings.Environments.UntrustedTextUsesBase ?? false,
                StoreDirectory = Path.Combine(data, "python-venvs"),
            },
            Rendering = settings.Rendering with { CacheDirectory = Path.Combine(data, "caches") },
            Storage = settings.Storage with { Directory = Path.Combine(data, "workspace") },
            Web = settings.Web with { Listen = $"http://127.0.0.1:{port}", PublicUrl = "", ContentUrl = "" },
            Accounts = settings.Accounts with { OpenRegistration = true },
            Sharing = settings.Sharing with { AnonymousRead = true, AnonymousReadAndWrite = true },
        };

    private static int Port(int port) =>
        port is >= 0 and <= 65535
            ? port
            : throw new UsageException($"There is no port {port}; name one up to 65535, or 0 for any that is free.");

    private static string Folder(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Nothing can be kept at {path} (--data): {e.Message}");
        }
    }

    private static string DefaultData()
    {
        var home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        if (!Path.IsPathRooted(home))
            home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(home!, "verso-demo");
    }

    private static async Task ShowAsync(string address, CancellationToken cancellationToken)
    {
        var environment = Environment.GetEnvironmentVariables();
        var spec = new ProcessSpec("xdg-open", address)
        {
            Environment = environment
                .Keys.Cast<string>()
                .ToDictionary(name => name, name => (string)environment[name]!),
        };
        try
        {
            await ProcessRunner.RunAsync(spec, cancellationToken);
        }
        catch (ProgramNotFoundException e)
        {
            Output.Talk.Line(e.Message);
        }
    }
}
