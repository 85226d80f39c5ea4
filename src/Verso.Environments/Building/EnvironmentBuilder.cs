using Verso.Environments.Eviction;
using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Environments.Wheels;
using Verso.Sandboxing;

namespace Verso.Environments.Building;

/// <summary>
/// Takes requirements to an environment: resolution, wheels, links, check, record. Each step is done once, under the lock
/// of its key, so that other processes wait and then find it done.
/// </summary>
internal sealed class EnvironmentBuilder(
    Resolutions resolutions,
    EnvironmentInstaller installer,
    RememberedFailures failures,
    Evictor evictor,
    EnvironmentsOptions options,
    TimeProvider time
)
{
    // Enough for most environments; whoever wants more than is there is told so.
    private static readonly DiskSpace RoomOnFullDisk = new(1L << 30, 20_000);

    private readonly BuildQueue _queue = new(options.ConcurrentBuilds);

    /// <param name="known">What the requirements resolve to, if that is known.</param>
    public async Task<BuildResult> BuildAsync(
        RequirementsIdentity wanted,
        Resolution? known,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        using var place = await _queue.EnterAsync(log, cancellationToken);
        var started = time.GetTimestamp();
        var result = await TryBuildAsync(wanted, known, log, place, cancellationToken);
        EnvironmentMetrics.Built(result, time.GetElapsedTime(started));
        if (result is BuildResult.Failed failed)
            failures.Remember(wanted.RequirementsKey, failed);
        else
            failures.Forget(wanted.RequirementsKey);
        return result;
    }

    private async Task<BuildResult> TryBuildAsync(
        RequirementsIdentity wanted,
        Resolution? known,
        BuildLog log,
        BuildQueue.Place place,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(options.BuildTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            MakeRoom(log, () => evictor.RunIfDue(limit.Token));
            try
            {
                return await BuildOnceAsync(wanted, known, log, place, limit.Token);
            }
            catch (Exception e) when (FullDisk.Is(e))
            {
                EvictionReport? made = null;
                MakeRoom(log, () => made = evictor.Run(dryRun: false, limit.Token, needed: RoomOnFullDisk));
                if (made?.Removed is not [_, ..])
                    throw;
                log.Report("The disk was full; what nobody used has been removed, and it is tried once more.");
                return await BuildOnceAsync(wanted, known, log, place, limit.Token);
            }
        }
        catch (OperationCanceledException)
            when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Fail(
                $"Installing the packages took longer than {options.BuildTimeout:g} (Environments:BuildTimeout) and was stopped.",
                isTransient: true
            );
        }
        catch (Exception e)
            when (e
                    is BuildException
                        or WheelException
                        or IOException
                        or UnauthorizedAccessException
                        or SandboxUnavailableException
            )
        {
            // What this machine failed of is not held against the requirements.
            return Fail(FullDisk.Explain(e), e is not (BuildException { IsTransient: false } or WheelException));
        }

        BuildResult.Failed Fail(string message, bool isTransient)
        {
            log.Report(message);
            return new BuildResult.Failed(message, isTransient, log.Text);
        }
    }

    private static void MakeRoom(BuildLog log, Action evict)
    {
        try
        {
            evict();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Report($"What nobody uses could not be removed: {e.Message}");
        }
    }

    private async Task<BuildResult> BuildOnceAsync(
        RequirementsIdentity wanted,
        Resolution? known,
        BuildLog log,
        BuildQueue.Place place,
        CancellationToken cancellationToken
    )
    {
        if (known is not null)
            try
            {
                return await installer.InstallAsync(wanted, known, log, place, cancellationToken);
            }
            catch (BuildException e) when (e.IsStale)
            {
                log.Report(
                    $"{e.Message} What the requirements resolved to on {known.ResolvedAt:yyyy-MM-dd} is not to be had; resolving them anew …"
                );
            }
        var resolution = await resolutions.ObtainAsync(
            wanted,
            newerThan: known?.ResolvedAt ?? time.GetUtcNow() - options.ResolutionMaxAge,
            log,
            place,
            cancellationToken
        );
        return await installer.InstallAsync(wanted, resolution, log, place, cancellationToken);
    }
}
