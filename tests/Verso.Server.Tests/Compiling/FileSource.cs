using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Verso.Server.Tests.Compiling;

/// <summary>Where clients' files are to be had by URL.</summary>
internal sealed class FileSource : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FileSource()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public string Origin => _application.Urls.Single();

    public ConcurrentDictionary<string, string> Files { get; } = new();

    /// <summary>Where a path leads instead.</summary>
    public ConcurrentDictionary<string, string> Redirects { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = [];

    public static async Task<FileSource> StartAsync()
    {
        var source = new FileSource();
        await source._application.StartAsync(TestContext.Current.CancellationToken);
        return source;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Requests.Enqueue(path);
        if (Redirects.TryGetValue(path, out var target))
            context.Response.Redirect(target);
        else if (Files.TryGetValue(path, out var text))
            return context.Response.WriteAsync(text, context.RequestAborted);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
