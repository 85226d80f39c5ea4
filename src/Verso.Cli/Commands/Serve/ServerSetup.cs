using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Verso.Cli.Terminal;
using Verso.Sandboxing;
using Verso.Server.Settings;
using Verso.Server.Storage;

namespace Verso.Cli.Commands.Serve;

/// <summary>What commands of the server have in common.</summary>
internal static class ServerSetup
{
    /// <exception cref="UsageException">Settings are wrong; all faults are in it.</exception>
    public static ServerSettings Load(ParseResult arguments)
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

    /// <summary>SQLite belongs to this process, so it is brought up to date; several may share PostgreSQL, so it is looked at.</summary>
    /// <exception cref="UsageException">The database is of another version.</exception>
    public static async Task PrepareDatabaseAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<StorageOptions>().Database == DatabaseProvider.Sqlite)
            await StorageFeature.MigrateAsync(services, cancellationToken);
        else if ((await StorageFeature.PendingAsync(services, cancellationToken)).Count > 0)
            throw new UsageException("The database is of an earlier version; run 'verso migrate' first.");
    }
}
