using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verso.Environments.Interpreters;
using Verso.Sandboxing;
using Verso.Server.Compiling.Builds;
using Verso.Server.Compiling.Disk;
using Verso.Server.Compiling.Installing;
using Verso.Server.Compiling.Protocol;
using Verso.Server.Compiling.Queue;
using Verso.Server.Compiling.Running;

namespace Verso.Server.Compiling;

/// <summary>Compiles in this process.</summary>
internal sealed partial class LocalCompileService(
    RunningCompiles running,
    CompileQueues queues,
    CompileEvents events,
    CompileSteps steps,
    BuildFiles builds,
    LocalEnvironments environments,
    CompileLayout layout,
    CompileServiceOptions options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<LocalCompileService> logger
) : ICompileService
{
    public async Task<CompileResult> CompileAsync(
        CompileTarget target,
        CompileRequest request,
        CancellationToken cancellationToken
    )
    {
        if (RequestCheck.Refuse(request, options) is { } refusal)
            return CompileResult.Refused(refusal);
        using var compile = running.TryBegin(target.Name);
        if (compile is null)
            return new CompileResult(CompileStatus.CompileInProgress, "This project is being compiled already.");
        if (request.Wanted.BuildId is { } given && builds.Exists(target, given))
            return CompileResult.Refused($"There is a build '{given}' already.");

        var buildId = request.Wanted.BuildId ?? BuildId.New(time);
        using var scope = Log.Scope(logger, target.Name, buildId);
        using var activity = CompileMetrics.Traces.StartActivity("compile");
        activity?.SetTag("verso.project", target.Name).SetTag("verso.build", buildId);
        var started = time.GetTimestamp();
        var result = new CompileResult(CompileStatus.Error, "The compile service failed; its own log says why.");
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(
                cancellationToken,
                compile.Stopped,
                lifetime.ApplicationStopping
            );
            result = await InTurnAsync(target, request, buildId, compile, ending.Token, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result = new CompileResult(CompileStatus.Terminated, "Nobody waited for it any more.");
            throw;
        }
        finally
        {
            var elapsed = time.GetElapsedTime(started);
            result = result.With("compileE2E", elapsed);
            activity?.SetTag("verso.status", result.Status.ToString());
            CompileMetrics.Ended(target, result.Status, elapsed);
            Log.Ended(logger, target.Name, buildId, result.Status, elapsed.TotalSeconds);
            events.Publish(target, new CompileEvent(CompileStage.Done, result.Error ?? "", Status: result.Status));
        }
        return result;
    }

    public Task<EnvironmentAnswer> EnvironmentAsync(
        CompileTarget target,
        EnvironmentWish wish,
        CancellationToken cancellationToken
    ) => environments.AnswerAsync(target, wish, cancellationToken);

    public Task StopAsync(CompileTarget target, CancellationToken cancellationToken) =>
        running.StopAsync(target.Name, cancellationToken);

    public async Task ClearAsync(CompileTarget target, CancellationToken cancellationToken)
    {
        using var mine = await running.StopAndBeginAsync(target.Name, cancellationToken);
        await using var trash = new Trash(layout);
        if (Directory.Exists(layout.Of(target.Name).Folder))
            await trash.TakeAsync(layout.Of(target.Name).Folder);
    }

    public Task<OutputContent?> OpenOutputAsync(
        CompileTarget target,
        string buildId,
        string path,
        CancellationToken cancellationToken
    ) => builds.OpenAsync(target, buildId, path, cancellationToken);

    public IAsyncEnumerable<CompileEvent> WatchAsync(CompileTarget target, CancellationToken cancellationToken) =>
        events.WatchAsync(target, cancellationToken);

    private async Task<CompileResult> InTurnAsync(
        CompileTarget target,
        CompileRequest request,
        string buildId,
        RunningCompile compile,
        CancellationToken ending,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var entered = time.GetTimestamp();
            using var turn = await EnterAsync(target, ending);
            var waited = time.GetElapsedTime(entered);
            if (turn is null)
                return new CompileResult(CompileStatus.Unavailable, "Too many compiles are under way; try again soon.");
            try
            {
                return (await steps.RunAsync(target, request, buildId, ending)).With("queue", waited);
            }
            finally
            {
                CompileMetrics.GaveUpTurn();
            }
        }
        catch (OperationCanceledException) when (compile.Stopped.IsCancellationRequested)
        {
            return new CompileResult(CompileStatus.Terminated, "The compile was stopped.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CompileResult(CompileStatus.Unavailable, "The compile service is being stopped.");
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or SandboxUnavailableException
                        or ProgramNotFoundException
                        or InterpreterException
            )
        {
            Log.Failed(logger, e, target.Name, buildId);
            return new CompileResult(CompileStatus.Error, e.Message);
        }
    }

    private async Task<IDisposable?> EnterAsync(CompileTarget target, CancellationToken cancellationToken)
    {
        using var activity = CompileMetrics.Traces.StartActivity("queue");
        var started = time.GetTimestamp();
        var turn = await queues
            .Of(target)
            .EnterAsync(
                target,
                place =>
                    events.Publish(
                        target,
                        new CompileEvent(CompileStage.Queued, $"Place {place} in the queue", Place: place)
                    ),
                cancellationToken
            );
        if (turn is not null)
            CompileMetrics.Began(time.GetElapsedTime(started));
        return turn;
    }

    private static partial class Log
    {
        public static readonly Func<ILogger, string, string, IDisposable?> Scope = LoggerMessage.DefineScope<
            string,
            string
        >("project {Project}, build {Build}");

        [LoggerMessage(LogLevel.Information, "Compile of {Project}, build {Build}: {Status} after {Seconds:0.00} s")]
        public static partial void Ended(
            ILogger logger,
            string project,
            string build,
            CompileStatus status,
            double seconds
        );

        [LoggerMessage(LogLevel.Error, "Compile of {Project}, build {Build} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string project, string build);
    }
}
