using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace Verso.Server.Compiling.Remote;

/// <summary>
/// The compile services elsewhere, and which of them can work, by their own word. A project goes to the same one while
/// that is well: each pair of project and service has a number, and the service with the highest has the project, so that
/// one that comes or goes moves none but its own.
/// </summary>
internal sealed class CompileEndpoints : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CompileServiceOptions _options;
    private readonly TimeProvider _time;
    private readonly Uri[] _all;
    private readonly ConcurrentDictionary<Uri, bool> _unwell = new();

    public CompileEndpoints(CompileServiceOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _all = [.. options.Endpoints.Select(endpoint => new Uri(endpoint))];
        Http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan, // compiles take as long as they take
        };
        if (_options.Key.Length > 0)
            Http.DefaultRequestHeaders.Authorization = new("Bearer", _options.Key);
    }

    public HttpClient Http { get; }

    /// <summary>For a project, the one that it belongs to first; those that are unwell come last.</summary>
    public IReadOnlyList<Uri> For(CompileTarget target) =>
        [
            .. _all.OrderBy(_unwell.ContainsKey)
                .ThenByDescending(endpoint => Number(endpoint, target.Project), StringComparer.Ordinal),
        ];

    /// <summary>Where one has what belongs to a project.</summary>
    public static Uri At(Uri endpoint, CompileTarget target, string path) => new(endpoint, target.Address + path);

    public void FoundUnwell(Uri endpoint) => _unwell[endpoint] = true;

    /// <summary>Asks each how it is.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_all.Select(endpoint => IsWellAsync(endpoint, cancellationToken)));

    /// <summary>Asks one how it is, and remembers it.</summary>
    public async Task<bool> IsWellAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Interval);
        try
        {
            using var answer = await Http.GetAsync(new Uri(endpoint, "/health_check"), patience.Token);
            if (answer.IsSuccessStatusCode)
                _unwell.TryRemove(endpoint, out _);
            else
                FoundUnwell(endpoint);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e)
            when (e is HttpRequestException
                || e is OperationCanceledException && !cancellationToken.IsCancellationRequested
            )
        {
            FoundUnwell(endpoint);
            return false;
        }
    }

    public override void Dispose()
    {
        Http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do await CheckAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static string Number(Uri endpoint, string project) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint}\n{project}")));
}
