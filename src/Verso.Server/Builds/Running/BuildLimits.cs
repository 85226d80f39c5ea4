using System.Threading.RateLimiting;
using Verso.Server.Accounts;

namespace Verso.Server.Builds.Running;

/// <summary>How often somebody may start a build in a project: by person, or by address without an account.</summary>
internal sealed class BuildLimits : IDisposable
{
    private readonly PartitionedRateLimiter<(string Project, string Who)> _limiter;

    public BuildLimits(BuildsOptions options) =>
        _limiter = PartitionedRateLimiter.CreateChained(
            Windows(options.PerTenMinutes, TimeSpan.FromMinutes(10)),
            Windows(options.PerSecond, TimeSpan.FromSeconds(1))
        );

    /// <returns>How long to wait; null when it may start now.</returns>
    public TimeSpan? Enter(Caller caller, string project)
    {
        using var lease = _limiter.AttemptAcquire((project, caller.AccountId ?? caller.Address));
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after
            : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => _limiter.Dispose();

    private static PartitionedRateLimiter<(string, string)> Windows(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<(string, string), (string, string)>(key =>
            RateLimitPartition.GetFixedWindowLimiter(
                key,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window }
            )
        );
}
