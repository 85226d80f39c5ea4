using System.Diagnostics;
using System.Text;

namespace Verso.Sandboxing;

/// <summary>
/// The one place that starts programs. A child leads a session of its own, so that the whole tree can be signalled;
/// it dies with this process; both its pipes are read to the end; every wait is bounded.
/// </summary>
public static class ProcessRunner
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    /// <exception cref="ProgramNotFoundException">The program is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the tree is dead by then.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        using var process = await SpawningThread.StartAsync(StartInfo(spec));
        spec.OnStarted?.Invoke(process.Id);
        using var limits = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limits.CancelAfter(spec.Timeout);
        var end = ProcessEnd.Exited;
        void StopTalking()
        {
            end = ProcessEnd.OutputLimitExceeded;
            limits.Cancel();
        }
        var output = new PipePump(process.StandardOutput.BaseStream, spec.OnOutput, spec.OutputLimit, StopTalking);
        var error = new PipePump(process.StandardError.BaseStream, spec.OnError, spec.OutputLimit, StopTalking);
        var feeding = FeedAsync(process.StandardInput, spec.Input);
        var reading = Task.WhenAll(PumpAsync(output, limits), PumpAsync(error, limits));
        try
        {
            await process.WaitForExitAsync(limits.Token);
        }
        catch (OperationCanceledException)
        {
            if (end == ProcessEnd.Exited)
                end = ProcessEnd.TimedOut;
            await StopAsync(process, spec.StopGrace);
        }
        // What the program left running in its session has no owner any more.
        _ = Libc.Kill(-process.Id, Libc.SIGKILL);
        while (
            await Task.WhenAny(reading, Task.Delay(DrainLimit, CancellationToken.None)) != reading
            && (output.HasMovedOn() | error.HasMovedOn())
        ) { }
        // Process does not close streams it has handed out, and one that left the session may hold the other ends.
        foreach (var pipe in (Stream[])[process.StandardInput.BaseStream, output.Pipe, error.Pipe])
            await pipe.DisposeAsync();
        await Task.WhenAny(feeding, Task.Delay(DrainLimit, CancellationToken.None));
        cancellationToken.ThrowIfCancellationRequested();
        if (reading.IsCompleted)
            await reading; // or what went wrong with a line would never be known
        return new ProcessResult(end, process.ExitCode, output.Captured, error.Captured, watch.Elapsed);
    }

    private static async Task PumpAsync(PipePump pump, CancellationTokenSource limits)
    {
        try
        {
            await pump.RunAsync();
        }
        catch
        {
            await limits.CancelAsync(); // Nobody reads the pipe any more, so the child could wait for ever.
            throw;
        }
    }

    private static ProcessStartInfo StartInfo(ProcessSpec spec)
    {
        var info = new ProcessStartInfo(ProgramPath.Find("setsid"))
        {
            WorkingDirectory = spec.WorkingDirectory,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] command =
        [
            ProgramPath.Find("setpriv"),
            "--pdeathsig",
            "KILL",
            "--",
            ProgramPath.Find(spec.FileName),
            .. spec.Arguments,
        ];
        foreach (var argument in command)
            info.ArgumentList.Add(argument);
        info.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
            info.Environment[name] = value;
        return info;
    }

    private static async Task FeedAsync(StreamWriter input, string text)
    {
        try
        {
            await input.WriteAsync(text);
            input.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The program ended without reading all of its input.
        }
    }

    private static async Task StopAsync(Process process, TimeSpan grace)
    {
        _ = Libc.Kill(-process.Id, Libc.SIGTERM);
        using var patience = new CancellationTokenSource(grace);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
