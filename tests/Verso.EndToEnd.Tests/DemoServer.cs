using System.Diagnostics;

namespace Verso.EndToEnd.Tests;

/// <summary>`verso demo`, as people start it, with a folder of wheels for an index.</summary>
public sealed class DemoServer : IAsyncDisposable
{
    private const string PackageName = "tinyplots";
    private readonly TemporaryDirectory _directory = new();
    private Process? _process;

    /// <summary>Without a '/' at its end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Of the account <c>demo</c>.</summary>
    public string Password { get; private set; } = "";

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    public static async Task<DemoServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new DemoServer();
        var wheelhouse = Directory.CreateDirectory(server._directory.Combine("wheels")).FullName;
        new TestWheel(PackageName, "1.2.0")
        {
            Files =
            {
                [$"{PackageName}/__init__.py"] = """
                    import matplotlib.pyplot as plt

                    def draw():
                        plt.plot([1, 2, 3], [2, 1, 3])
                        plt.title("drawn by tinyplots")
                        plt.show()
                    """,
            },
        }.WriteTo(wheelhouse);
        // For the one test that must be the first to have it built.
        new TestWheel("tinytables", "1.0.0").WriteTo(wheelhouse);
        await server.RunAsync(port: 0, cancellationToken);
        return server;
    }

    /// <summary>Kills it, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Starts it again at the address that it had.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => RunAsync(new Uri(Address).Port, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        _directory.Dispose();
    }

    private async Task RunAsync(int port, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(Root, "artifacts/bin/Verso.Cli/release/verso.dll"),
                "demo",
                "--port",
                port.ToString(),
                "--data",
                _directory.Combine("data"),
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        (string Name, string Value)[] settings =
        [
            ("PackageIndex__Upstream", ""),
            ("PackageIndex__Wheelhouses__0", _directory.Combine("wheels")),
            ("PackageIndex__Wheelhouses__1", Path.Combine(Root, "artifacts/wheelhouse")),
            ("Rendering__Engine", "Builtin"),
            ("Projects__Examples", Path.Combine(Root, "examples")),
            // Tests are faster than people.
            ("Builds__PerSecond", "100"),
            ("Web__SignInsPerMinute", "1000"),
        ];
        foreach (var (name, value) in settings)
            info.Environment[name] = value;
        _process = Process.Start(info)!;
        Address = await ReadAsync("Verso is at ", cancellationToken);
        Password = await ReadAsync("Sign in as demo with the password ", cancellationToken);
        _ = DrainAsync(_process.StandardError);
    }

    private async Task<string> ReadAsync(string start, CancellationToken cancellationToken)
    {
        var seen = new List<string>();
        while (await _process!.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
                return line[start.Length..];
            seen.Add(line);
        }
        throw new InvalidOperationException($"The server ended; it said: {string.Join(" | ", seen)}");
    }

    // Lest it waits for somebody to read what it says.
    private static async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is not null) { }
    }
}
