using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verso.Environments;
using Verso.Rendering;
using Verso.Rendering.Engines;
using Verso.Sandboxing;
using Verso.Server.Compiling;
using Verso.Server.Hosting;
using Verso.Server.Settings;

namespace Verso.Server.Tests;

/// <summary>A real server on loopback, with folders of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryDirectory _directory;

    private TestServer(WebApplication app, TemporaryDirectory directory)
    {
        (_app, _directory) = (app, directory);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The full path of something among the server's files.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => _directory.Combine(parts);

    /// <param name="change">What differs from the settings that all tests have.</param>
    public static async Task<TestServer> StartAsync(
        Func<ServerSettings, ServerSettings>? change = null,
        params ServerRole[] roles
    )
    {
        var directory = new TemporaryDirectory();
        var settings = new ServerSettings(
            new CompileServiceOptions { Listen = "http://127.0.0.1:0", Directory = directory.Combine("compiles") },
            new EnvironmentsOptions { Enabled = true, StoreDirectory = directory.Combine("store") },
            new PackageIndexOptions { Upstream = "" },
            new SandboxOptions(),
            // Wherever Quarto is installed.
            new RenderingOptions { Engine = EngineChoice.Builtin, CacheDirectory = directory.Combine("caches") }
        );
        settings = change?.Invoke(settings) ?? settings;
        var app = ServerHost.Create(
            settings,
            new HashSet<ServerRole>(roles.Length == 0 ? [ServerRole.Compile] : roles),
            builder => builder.Logging.ClearProviders()
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestServer(app, directory);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
