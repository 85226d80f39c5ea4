using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Verso.Environments;
using Verso.Rendering;
using Verso.Sandboxing;
using Verso.Server.Accounts;
using Verso.Server.Compiling;
using Verso.Server.Hosting;
using Verso.Server.Settings;
using Verso.Server.Storage;
using Verso.Server.Storage.Blobs;
using Verso.Server.Web;

namespace Verso.TestHost;

/// <summary>A workspace in a process that can be killed.</summary>
internal static class WorkspaceHost
{
    /// <param name="connection">Of PostgreSQL; empty for SQLite.</param>
    public static async Task RunAsync(string directory, string connection, string password)
    {
        var settings = new ServerSettings(
            new CompileServiceOptions { Directory = Path.Combine(directory, "compiles") },
            new EnvironmentsOptions { StoreDirectory = Path.Combine(directory, "store") },
            new PackageIndexOptions { Upstream = "" },
            new SandboxOptions(),
            new RenderingOptions()
        )
        {
            Web = new WebOptions { Listen = "http://127.0.0.1:0" },
            Storage = new StorageOptions
            {
                Directory = Path.Combine(directory, "workspace"),
                Database = connection.Length > 0 ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite,
                ConnectionString = connection,
                BlobGrace = TimeSpan.Zero,
            },
        };
        await using var app = ServerHost.Create(
            settings,
            new HashSet<ServerRole> { ServerRole.Web, ServerRole.Compile },
            builder => builder.Logging.ClearProviders()
        );
        await StorageFeature.MigrateAsync(app.Services, CancellationToken.None);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<AccountWork>();
            if (await accounts.FindAsync("ada") is null)
                await accounts.AddAsync("ada", "ada@example.org", password, trusted: true);
        }
        await app.StartAsync();
        Console.WriteLine($"at {app.Urls.Single()}");
        using var ending = new CancellationTokenSource();
        var forgetting = ForgetAsync(app.Services, ending.Token);
        await Task.WhenAny(Console.In.ReadToEndAsync(ending.Token), forgetting);
        await ending.CancelAsync();
        await app.StopAsync();
        await forgetting;
    }

    // What thinning does in time: nothing but the project as it is remains.
    private static async Task ForgetAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var collection = services.GetRequiredService<BlobCollection>();
        while (!cancellationToken.IsCancellationRequested)
        {
            using (await services.GetRequiredService<WriteTurn>().EnterAsync(CancellationToken.None))
            await using (var scope = services.CreateAsyncScope())
                await scope
                    .ServiceProvider.GetRequiredService<WorkspaceContext>()
                    .ProjectFiles.Where(file => file.Until != null)
                    .ExecuteDeleteAsync(CancellationToken.None);
            await collection.CollectAsync(CancellationToken.None);
            await Task.Yield();
        }
    }
}
