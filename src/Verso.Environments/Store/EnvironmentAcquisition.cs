using Verso.Environments.Building;
using Verso.Environments.Interpreters;
using Verso.Environments.Requirements;
using Verso.Environments.Resolving;
using Verso.Sandboxing;

namespace Verso.Environments.Store;

/// <summary>Finds the environment that a request asks for, or joins the build of it, and leases it.</summary>
internal sealed class EnvironmentAcquisition(
    ProjectRequests requests,
    EnvironmentFiles files,
    RememberedFailures failures,
    EnvironmentBuilder builder,
    SharedBuilds builds,
    EnvironmentsOptions options
)
{
    /// <exception cref="InterpreterException">There is no usable base interpreter.</exception>
    public async Task<EnvironmentOutcome> AcquireAsync(
        EnvironmentRequest request,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var file = RequirementsFile.Load(request.ProjectDirectory);
        if (file is { Requirements.Count: 0, Faults.Count: 0 })
            return Base(BaseReason.NoRequirements, NoRequirements(request.ProjectDirectory));
        var refusal = requests.Refusal(request);
        if (refusal is not null && !(refusal.Reason == BaseReason.NotAllowed && options.ServeCachedToUngated))
            return refusal;
        if (file.Faults.Count > 0)
            return refusal
                ?? Base(BaseReason.InvalidRequirements, RequirementFault.Summary(file.Faults)) with
                {
                    Faults = file.Faults,
                };
        try
        {
            var wanted = await requests.IdentifyAsync(file, request, cancellationToken);
            var known = requests.Known(wanted, request);
            if (known is not null && TryLease(wanted, known) is { } leased)
                return leased;
            if (refusal is not null)
                return refusal;
            if (!request.Retry && failures.Find(wanted.RequirementsKey) is var (failure, age))
                return Base(
                    BaseReason.BuildFailed,
                    $"{failure.Message} (That was {Age(age)} ago; it is tried again after a while, or when somebody asks for it.)",
                    failure.Log
                );
            return await BuildAsync(wanted, known, progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = FullDisk.Explain(e);
            return Base(BaseReason.BuildFailed, message, message + "\n");
        }
    }

    private static string NoRequirements(string projectDirectory) =>
        RequirementsFile.Misnamed(projectDirectory) is { } misnamed
            ? $"The project has a file {misnamed}, but its packages are read from {RequirementsFile.Name}; rename it."
            : $"The project names no packages in {RequirementsFile.Name}.";

    private static string Age(TimeSpan age) =>
        age < TimeSpan.FromMinutes(1) ? $"{age.TotalSeconds:0} s" : $"{age.TotalMinutes:0} min";

    private EnvironmentOutcome.Leased? TryLease(RequirementsIdentity wanted, Resolution resolution) =>
        files.TryLease(wanted.EnvironmentKey(resolution.Pins)) is var (environment, lease)
            ? new EnvironmentOutcome.Leased(
                environment,
                resolution,
                Built: false,
                lease,
                $"Reusing environment {environment.ShortKey}.\n"
            )
            : null;

    /// <summary>
    /// What a project keeps of a build that it joined. Whoever began it may have other lines, which came to the same
    /// pins: that one's resolution would be passed over at this project's next render.
    /// </summary>
    /// <returns>Null when the build ended with pins that other lines were resolved to anew.</returns>
    private static Resolution? Own(BuildResult.Ready ready, RequirementsIdentity wanted, Resolution? known) =>
        ready.Resolution.RequirementsKey == wanted.RequirementsKey ? ready.Resolution
        : known is not null && wanted.EnvironmentKey(known.Pins) == ready.EnvironmentKey
            ? known with
            {
                Warnings = ready.Resolution.Warnings,
            }
        : null;

    private async Task<EnvironmentOutcome> BuildAsync(
        RequirementsIdentity wanted,
        Resolution? known,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var built = false;
        var log = "";
        while (true)
        {
            var joined = await builds.JoinAsync(
                known is null ? wanted.RequirementsKey : wanted.EnvironmentKey(known.Pins),
                (log, closing) => builder.BuildAsync(wanted, known, log, closing),
                progress,
                options.BuildWait,
                cancellationToken
            );
            if (joined.Result is null)
                return Base(
                    BaseReason.BuildRunning,
                    $"The project's packages are still being installed after {options.BuildWait:g}; that goes on, so render again in a while.",
                    joined.Log
                );
            if (joined.Result is not BuildResult.Ready ready)
                return Base(BaseReason.BuildFailed, ((BuildResult.Failed)joined.Result).Message, joined.Log);
            built |= joined.Began && ready.Built;
            log += ready.Log;
            if (Own(ready, wanted, known) is not { } resolution)
                continue;
            if (files.TryLease(ready.EnvironmentKey) is var (environment, lease))
                return new EnvironmentOutcome.Leased(environment, resolution, built, lease, log);
            // Before it could be leased it was deleted, or locked by one who waited to build it too (or by a process that
            // was being forked, which has every open file until it runs its program): once more.
        }
    }

    private static EnvironmentOutcome.Base Base(BaseReason reason, string message, string log = "") =>
        new(reason, message, [], log);
}
