using Verso.Environments.Building;
using Verso.Environments.Store;

namespace Verso.Environments.Resolving;

/// <summary>What sets of requirements resolve to: as stored, or found out now, once for all who ask at the same time.</summary>
internal sealed class Resolutions(Resolver resolver, StoreLayout layout, TimeProvider time)
{
    public Resolution? TryFind(string requirementsKey, DateTimeOffset newerThan) =>
        StoreJson.TryRead<Resolution>(layout.ResolutionFile(requirementsKey)) is { } known
        && known.ResolvedAt > newerThan
        // One of the future is as old as the clock that was set back since.
        && known.ResolvedAt <= time.GetUtcNow()
            ? known
            : null;

    /// <param name="newerThan">An older resolution is passed over, and its place taken.</param>
    /// <exception cref="BuildException">Nothing satisfies the requirements, or it could not be found out.</exception>
    public async Task<Resolution> ObtainAsync(
        RequirementsIdentity wanted,
        DateTimeOffset newerThan,
        BuildLog log,
        BuildQueue.Place? place,
        CancellationToken cancellationToken
    )
    {
        var key = wanted.RequirementsKey;
        var (meanwhile, held) = await FollowedLog.WaitForTurnAsync(
            () => TryFind(key, newerThan),
            layout.LockFile(key),
            layout.LogFile(key),
            log,
            place,
            cancellationToken
        );
        if (meanwhile is not null)
            return meanwhile;
        using var turn = held;
        log.BeginFile(layout.LogFile(key));
        log.Report($"Resolving {string.Join(", ", wanted.Lines)} …");
        var pins = await resolver.ResolveAsync(wanted, log, cancellationToken);
        var resolution = new Resolution(key, wanted.Lines, time.GetUtcNow(), pins, Warnings: null);
        Keep(resolution);
        return resolution;
    }

    /// <summary>Keeps what was found out about a resolution, unless another has taken its place: projects keep old ones.</summary>
    public void KeepWarnings(Resolution resolution)
    {
        if (TryFind(resolution.RequirementsKey, DateTimeOffset.MinValue)?.ResolvedAt == resolution.ResolvedAt)
            Keep(resolution);
    }

    private void Keep(Resolution resolution) =>
        StoreJson.Write(layout.ResolutionFile(resolution.RequirementsKey), resolution);
}
