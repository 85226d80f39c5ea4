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
using Verso.Server.Tests.Compiling;

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

    public string TargetFolder(string project, string? user = CompileClient.User) =>
        Combine("compiles", "v1", "projects", user is null ? project : $"{project}-{user}");

    public bool Has(CompileTarget target) => Directory.Exists(TargetFolder(target.Project, target.User));

    /// <summary>A file of a project where the service has it.</summary>
    public string ProjectFile(string project, string path, string? user = CompileClient.User) =>
        Path.Combine(TargetFolder(project, user), "project", path);

    /// <summary>What the service has in hand; nothing, when it is idle.</summary>
    public IEnumerable<string> Unfinished => Directory.EnumerateFileSystemEntries(Combine("compiles", "v1", "staging"));

    /// <param name="change">What differs from the settings that all tests have.</param>
    public static async Task<TestServer> StartAsync(
        Func<ServerSettings, ServerSettings>? change = null,
        Action<WebApplicationBuilder>? configure = null
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
            new HashSet<ServerRole> { ServerRole.Compile },
            builder =>
            {
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            }
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestServer(app, directory);
    }

    /// <summary>As a signal to the program does.</summary>
    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
