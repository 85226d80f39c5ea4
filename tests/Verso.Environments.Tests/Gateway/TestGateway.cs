using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Verso.Environments.Gateway;
using Verso.Environments.Store;

namespace Verso.Environments.Tests.Gateway;

/// <summary>A gateway on a unix socket with a build in it, and a client that asks as that build.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private TestGateway() { }

    public PackageGateway Gateway { get; private set; } = null!;

    public GatewayListener Listener { get; private set; } = null!;

    public GatewayBuild Build { get; private set; } = null!;

    public StoreLayout Layout { get; private set; } = null!;

    public LogLines Log { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    /// <summary>What the build was given.</summary>
    public IReadOnlyList<ServedFile> Served => ServedFile.To(Build, Log.Text);

    /// <summary>Every remark of the build, as one text.</summary>
    public string Remarks => string.Join('\n', Build.Remarks);

    public static async Task<TestGateway> StartAsync(
        PackageIndexOptions options,
        TimeProvider? time = null,
        BuildTicket? ticket = null,
        GatewayNetwork? network = null,
        string? store = null
    )
    {
        options.Faults().ShouldBeEmpty();
        var gateway = new TestGateway();
        gateway.Layout = new StoreLayout(
            new EnvironmentsOptions { StoreDirectory = store ?? gateway._directory.Combine("store") }
        );
        gateway.Gateway = new PackageGateway(
            options,
            gateway.Layout,
            time ?? TimeProvider.System,
            gateway.Log,
            // Nobody's proxy settings, and no waiting before a retry.
            (network ?? new GatewayNetwork { Proxy = new WebProxy() }) with
            {
                RetryDelay = TimeSpan.Zero,
            }
        );
        var socket = gateway._directory.Combine("gateway.sock");
        gateway.Listener = await gateway.Gateway.ListenAsync(socket, TestContext.Current.CancellationToken);
        gateway.Build = gateway.Gateway.OpenBuild(ticket ?? Ticket());
        gateway.Client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectCallback = (_, stop) => ConnectAsync(socket, stop),
            }
        )
        {
            BaseAddress = new Uri($"http://gateway/{gateway.Build.Token}/"),
        };
        return gateway;
    }

    public static BuildTicket Ticket(params (string Name, string Version)[] pins) =>
        new("the-requirements-key", pins.ToDictionary(pin => pin.Name, pin => pin.Version));

    public static async ValueTask<Stream> ConnectAsync(string socketPath, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public Task<HttpResponseMessage> GetAsync(string path) =>
        Client.GetAsync(path, TestContext.Current.CancellationToken);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await GetAsync(path);
        return response.StatusCode;
    }

    /// <summary>A project's files as its JSON page has them.</summary>
    public async Task<IReadOnlyList<JsonNode>> FilesAsync(string project)
    {
        using var response = await SendAsync(HttpMethod.Get, $"simple/{project}/", ("Accept", FakeUpstream.Json));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, Remarks);
        var page = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        return [.. page!["files"]!.AsArray().Select(file => file!)];
    }

    public async Task<IReadOnlyList<string>> FileNamesAsync(string project) =>
        [.. (await FilesAsync(project)).Select(file => (string)file["filename"]!)];

    /// <summary>The address of a project's only file, relative to the token.</summary>
    public async Task<string> OnlyFileAsync(string project) =>
        ((string)(await FilesAsync(project)).ShouldHaveSingleItem()["url"]!)["../../".Length..];

    /// <summary>Gets a project's only file as a client that follows the page.</summary>
    public async Task<HttpResponseMessage> GetOnlyFileAsync(string project) =>
        await GetAsync(await OnlyFileAsync(project));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Gateway.Dispose();
        await Listener.DisposeAsync();
        _directory.Dispose();
    }

    internal sealed class LogLines : ILogger<PackageGateway>
    {
        private readonly List<string> _lines = [];

        public string Text
        {
            get
            {
                lock (_lines)
                    return string.Join('\n', _lines);
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (_lines)
                _lines.Add(formatter(state, exception));
        }
    }
}
