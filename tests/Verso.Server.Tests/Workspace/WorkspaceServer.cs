using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Verso.Environments;
using Verso.Rendering;
using Verso.Rendering.Engines;
using Verso.Sandboxing;
using Verso.Server.Accounts;
using Verso.Server.Builds;
using Verso.Server.Compiling;
using Verso.Server.Hosting;
using Verso.Server.Settings;
using Verso.Server.Storage;
using Verso.Server.Web;

namespace Verso.Server.Tests.Workspace;

/// <summary>A real workspace on loopback, compiling in the same process unless said otherwise, with folders of its own.</summary>
internal sealed class WorkspaceServer : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly WebApplication _app;
    private readonly TemporaryDirectory _directory;

    private WorkspaceServer(WebApplication app, TemporaryDirectory directory) => (_app, _directory) = (app, directory);

    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public string Combine(params ReadOnlySpan<string> parts) => _directory.Combine(parts);

    /// <param name="change">What differs from the settings that all tests have.</param>
    public static async Task<WorkspaceServer> StartAsync(
        Func<ServerSettings, ServerSettings>? change = null,
        Action<WebApplicationBuilder>? configure = null,
        params IEnumerable<ServerRole> roles
    )
    {
        var directory = new TemporaryDirectory();
        var settings = new ServerSettings(
            new CompileServiceOptions { Directory = directory.Combine("compiles") },
            new EnvironmentsOptions { Enabled = true, StoreDirectory = directory.Combine("store") },
            new PackageIndexOptions { Upstream = "" },
            new SandboxOptions(),
            new RenderingOptions { Engine = EngineChoice.Builtin, CacheDirectory = directory.Combine("caches") }
        )
        {
            Web = new WebOptions { Listen = "http://127.0.0.1:0", SignInsPerMinute = 10_000 },
            Storage = new StorageOptions { Directory = directory.Combine("workspace") },
            Builds = new BuildsOptions { PerSecond = 1000, PerTenMinutes = 100_000 },
        };
        settings = change?.Invoke(settings) ?? settings;
        var app = ServerHost.Create(
            settings,
            roles.DefaultIfEmpty(ServerRole.Compile).Append(ServerRole.Web).ToHashSet(),
            builder =>
            {
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            }
        );
        await StorageFeature.MigrateAsync(app.Services, TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WorkspaceServer(app, directory);
    }

    /// <summary>Somebody with an account, signed in.</summary>
    public async Task<Person> SignInAsync(string name, bool trusted = true, bool administrator = false)
    {
        await using (var scope = Services.CreateAsyncScope())
        {
            var (_, fault) = await scope
                .ServiceProvider.GetRequiredService<AccountWork>()
                .AddAsync(name, $"{name}@example.org", Password, trusted, administrator);
            fault.ShouldBeNull();
        }
        var person = new Person(Address);
        await person.SignInAsync(name, Password);
        return person;
    }

    /// <summary>Somebody with an account, of whom nothing but the id is wanted.</summary>
    public async Task<Person> SignInLessAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var name = Guid.NewGuid().ToString("N");
        var (account, _) = await scope
            .ServiceProvider.GetRequiredService<AccountWork>()
            .AddAsync(name, $"{name}@example.org", null, trusted: true);
        return new Person(Address) { Id = account!.Id };
    }

    /// <summary>Somebody who is not signed in.</summary>
    /// <param name="link">The share link's token that they came by.</param>
    public Person Anonymous(string? link = null)
    {
        var person = new Person(Address);
        if (link is not null)
            person.Client.DefaultRequestHeaders.Add(Caller.LinkHeader, link);
        return person;
    }

    /// <summary>Reads or changes what is stored, past the front door.</summary>
    public async Task<T> WithContextAsync<T>(Func<WorkspaceContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<WorkspaceContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
