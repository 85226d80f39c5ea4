using System.Diagnostics;

namespace Verso.Testing;

/// <summary>Another process of Verso's code (tests/Verso.TestHost), killed at the latest when disposed.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static HostProcess Start(params string[] arguments)
    {
        var info = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Verso.TestHost"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new HostProcess(Process.Start(info)!);
    }

    /// <summary>The next line of output that starts so.</summary>
    public async Task<string> ReadAsync(string start, CancellationToken cancellationToken)
    {
        var seen = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
                return line;
            seen.Add(line);
        }
        throw new InvalidOperationException(
            $"The host ended without saying '{start}', but: {string.Join(" | ", seen)}"
        );
    }

    /// <summary>Lets it end, and waits until it has.</summary>
    public Task EndAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        return _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGKILL to the process itself and to nothing it started.</summary>
    public Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        return _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync(CancellationToken.None);
        _process.Dispose();
    }
}
