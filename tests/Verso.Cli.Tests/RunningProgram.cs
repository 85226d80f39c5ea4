using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Verso.Cli.Tests;

/// <summary>The program while it runs, for tests that signal it.</summary>
internal sealed partial class RunningProgram : IDisposable
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    /// <summary>Far more than anything here takes: it only keeps a broken program from hanging the tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RunningProgram(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public static RunningProgram Start(
        string directory,
        IReadOnlyDictionary<string, string> variables,
        params string[] arguments
    )
    {
        // By way of env, since a signal that the tests' own parent ignores would stay ignored.
        string[] command = ["--default-signal=INT,TERM", Installation.Program, .. arguments];
        var info = new ProcessStartInfo("/usr/bin/env", command)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in variables)
            info.Environment[name] = value;
        return new RunningProgram(Process.Start(info)!);
    }

    public void Signal(int signal) => Kill(_process.Id, signal).ShouldBe(0);

    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
