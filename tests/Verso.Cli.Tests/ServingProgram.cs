using System.Diagnostics;
using System.Net.Http.Json;

namespace Verso.Cli.Tests;

/// <summary>The program while it serves.</summary>
internal sealed class ServingProgram : IDisposable
{
    private const string Listening = "Listening on ";

    private readonly Process _process;

    private ServingProgram(Process process, string address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public int Id => _process.Id;

    public HttpClient Client { get; }

    public static async Task<ServingProgram> StartAsync(IReadOnlyDictionary<string, string> variables)
    {
        string[] command = ["--default-signal=INT,TERM", Installation.Program, "serve", "--roles", "compile"];
        var info = new ProcessStartInfo("/usr/bin/env", command)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in variables)
            info.Environment[name] = value;
        var process = Process.Start(info)!;
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (!line.StartsWith(Listening, StringComparison.Ordinal))
                continue;
            // Read on, so that it never waits for a reader.
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return new ServingProgram(process, line[Listening.Length..]);
        }
        throw new InvalidOperationException($"It did not begin to listen, but said: {string.Join(" | ", said)}");
    }

    /// <summary>Compiles a document alone, and gives the status.</summary>
    public async Task<string> CompileAsync(string project, string document, CancellationToken cancellationToken)
    {
        using var answer = await Client.PostAsJsonAsync(
            $"/project/{project}/user/0123456789abcdef01234567/compile",
            new { compile = new { resources = new[] { new { path = "index.qmd", content = document } } } },
            cancellationToken
        );
        var body = await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(cancellationToken);
        return body.GetProperty("compile").GetProperty("status").GetString()!;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("/bin/kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
