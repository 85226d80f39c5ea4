using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Verso.Testing;

/// <summary>
/// A simple package index (PEP 503) on loopback, serving the wheels and source archives a directory holds at the
/// moment of each request.
/// </summary>
public sealed class TestIndex : IAsyncDisposable
{
    private const string SimplePath = "/simple/";
    private const string FilesPath = "/files/";

    private readonly WebApplication _application;

    private TestIndex(string directory)
    {
        Directory = directory;
        // The empty builder reads no settings or environment and logs nothing.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        // A request that Intercept still holds must not hold up the end of the test.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public string Directory { get; }

    /// <summary>The address for <c>--index-url</c>, ending in <c>/simple/</c>.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The path of every request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Sees each request first; answering true says that the response is its own.</summary>
    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    public static async Task<TestIndex> StartAsync(string directory)
    {
        var index = new TestIndex(directory);
        await index._application.StartAsync();
        var addresses = index._application.Services.GetRequiredService<IServer>().Features;
        var address = addresses.Get<IServerAddressesFeature>()!.Addresses.Single();
        index.Url = new Uri(new Uri(address), SimplePath);
        return index;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _application.StopAsync();
        }
        catch (OperationCanceledException)
        {
            // The shutdown timeout has aborted what was left.
        }

        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        Requests.Enqueue(path);
        if (Intercept is { } intercept && await intercept(context))
        {
            return;
        }

        await Answer(path).ExecuteAsync(context);
    }

    private IResult Answer(string path)
    {
        if (string.Equals(path, SimplePath, StringComparison.Ordinal))
        {
            return Page(IndexPage.OfProjects(Files().Select(file => file.Project).Distinct(StringComparer.Ordinal)));
        }

        if (path.StartsWith(SimplePath, StringComparison.Ordinal))
        {
            return Project(path[SimplePath.Length..]);
        }

        // Looked up among the files there, so that no path leads out of the directory.
        var found = Files()
            .FirstOrDefault(file => string.Equals(path, FilesPath + file.Name, StringComparison.Ordinal));
        return found is null
            ? TypedResults.NotFound()
            : TypedResults.PhysicalFile(found.Path, "application/octet-stream");
    }

    private IResult Project(string asked)
    {
        var project = ProjectName.Normalize(asked.TrimEnd('/'));
        if (!string.Equals(asked, $"{project}/", StringComparison.Ordinal))
        {
            return TypedResults.LocalRedirect($"{SimplePath}{project}/", permanent: true);
        }

        List<Distribution> files =
        [
            .. Files().Where(file => string.Equals(file.Project, project, StringComparison.Ordinal)),
        ];
        return files.Count == 0 ? TypedResults.NotFound() : Page(IndexPage.OfFiles(project, FilesPath, files));
    }

    private IEnumerable<Distribution> Files() => Distribution.In(Directory);

    private static ContentHttpResult Page(string html) => TypedResults.Content(html, "text/html; charset=utf-8");
}
