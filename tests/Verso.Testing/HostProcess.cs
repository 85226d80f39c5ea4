using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Verso.Testing;

/// <summary>Another process of Verso's code (tests/Verso.TestHost), killed at the latest when disposed.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static HostProcess Start(params string[] arguments) =>
        Start(arguments, new Dictionary<string, string>(StringComparer.Ordinal));

    public static HostProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var info = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Verso.TestHost"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
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

    /// <summary>Every line of output until it ends.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            yield return line;
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
