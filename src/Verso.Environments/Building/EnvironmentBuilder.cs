using Verso.Environments.Resolving;
using Verso.Environments.Store;
using Verso.Sandboxing;

namespace Verso.Environments.Building;

/// <summary>
/// Builds what a set of requirements names, once: under the lock of its requirements key to resolve them and under the
/// lock of the environment key to install, so that other processes wait and then find it done.
/// </summary>
internal sealed class EnvironmentBuilder(
    Resolver resolver,
    PipInstaller installer,
    EnvironmentFiles files,
    StoreLayout layout,
    TimeProvider time
)
{
    public async Task<BuildResult> BuildAsync(
        RequirementsIdentity wanted,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var known = files.TryFindResolution(wanted.RequirementsKey);
            try
            {
                return await BuildAsync(
                    wanted,
                    await ResolveAsync(wanted, log, cancellationToken),
                    log,
                    cancellationToken
                );
            }
            catch (BuildException e) when (known is not null)
            {
                log.Report(
                    $"{e.Message} What the requirements resolved to on {known.ResolvedAt:yyyy-MM-dd} is not to be had; resolving them anew …"
                );
                return await BuildAsync(
                    wanted,
                    await ResolveAnewAsync(wanted, log, cancellationToken),
                    log,
                    cancellationToken
                );
            }
        }
        catch (Exception e)
            when (e is BuildException or IOException or UnauthorizedAccessException or SandboxUnavailableException)
        {
            var message = FullDisk.Explain(e);
            log.Report(message);
            return new BuildResult.Failed(message, log.Text);
        }
    }

    private async Task<BuildResult> BuildAsync(
        RequirementsIdentity wanted,
        Resolution resolution,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        var key = wanted.EnvironmentKey(resolution.Pins);
        return new BuildResult.Ready(
            key,
            await InstallAsync(wanted, key, resolution, log, cancellationToken),
            log.Text
        );
    }

    /// <exception cref="BuildException">Nothing satisfies the requirements, or pip could not find out.</exception>
    public async Task<Resolution> ResolveAsync(
        RequirementsIdentity wanted,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        var key = wanted.RequirementsKey;
        if (files.TryFindResolution(key) is { } known)
            return known;
        var (meanwhile, held) = await TakeTurnAsync(files.TryFindResolution, key, log, cancellationToken);
        if (meanwhile is not null)
            return meanwhile;
        using var turn = held;
        log.BeginFile(layout.LogFile(key));
        log.Report($"Resolving {string.Join(", ", wanted.Lines)} …");
        return await ResolveAnewAsync(wanted, log, cancellationToken);
    }

    private async Task<Resolution> ResolveAnewAsync(
        RequirementsIdentity wanted,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        var pins = await resolver.ResolveAsync(wanted, log, cancellationToken);
        var resolution = new Resolution(wanted.Lines, time.GetUtcNow(), pins);
        files.Keep(wanted.RequirementsKey, resolution);
        return resolution;
    }

    /// <returns>False when another process had built it.</returns>
    private async Task<bool> InstallAsync(
        RequirementsIdentity wanted,
        string key,
        Resolution resolution,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        if (files.TryFind(key) is not null)
            return false;
        var (meanwhile, held) = await TakeTurnAsync(files.TryFind, key, log, cancellationToken);
        if (meanwhile is not null)
            return false;
        using var turn = held;
        log.BeginFile(layout.LogFile(key));
        log.Report($"Installing {resolution.Pins.Count} package(s) …");
        var started = time.GetTimestamp();
        files.Delete(key); // what a build that was killed left behind
        try
        {
            await installer.InstallAsync(
                wanted,
                resolution.Pins,
                layout.EnvironmentDirectory(key),
                log,
                cancellationToken
            );
            var seconds = time.GetElapsedTime(started).TotalSeconds;
            files.Record(
                new EnvironmentRecord(
                    key,
                    time.GetUtcNow(),
                    Math.Round(seconds, 3),
                    wanted.Interpreter.Path,
                    wanted.Interpreter.Version,
                    resolution.Requirements,
                    resolution.Pins
                )
            );
            log.Report($"Built environment {key[..12]} in {seconds:0.0} s.");
            return true;
        }
        catch
        {
            files.Delete(key);
            throw;
        }
    }

    private Task<(T? Found, FileLock? Held)> TakeTurnAsync<T>(
        Func<string, T?> find,
        string key,
        BuildLog log,
        CancellationToken cancellationToken
    )
        where T : class =>
        FollowedLog.WaitForTurnAsync(
            () => find(key),
            layout.LockFile(key),
            layout.LogFile(key),
            log,
            cancellationToken
        );
}
