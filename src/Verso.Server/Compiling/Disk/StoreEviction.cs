using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Verso.Environments.Eviction;
using Verso.Environments.Store;

namespace Verso.Server.Compiling.Disk;

/// <summary>Keeps the store of environments within its marks (<c>Environments:Eviction</c>): at once, and every hour.</summary>
internal sealed partial class StoreEviction(EnvironmentStore store, TimeProvider time, ILogger<StoreEviction> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                if (store.Evictor.Run(dryRun: false, stoppingToken) is { Removed: [_, ..] } report)
                    Tell(report);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.Failed(logger, e);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Tell(EvictionReport report)
    {
        foreach (var item in report.Removed.Where(item => item.Kind == EvictedKind.Environment))
            Log.Removed(logger, item.Name);
        Log.Evicted(
            logger,
            Count(EvictedKind.Environment),
            Count(EvictedKind.Wheel),
            Count(EvictedKind.Download),
            Count(EvictedKind.Leftover),
            report.After.Bytes >> 20,
            report.Before.Bytes >> 20
        );

        int Count(EvictedKind kind) => report.Removed.Count(item => item.Kind == kind);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The environment {Key} was removed, which nobody had used for longest")]
        public static partial void Removed(ILogger logger, string key);

        [LoggerMessage(
            LogLevel.Information,
            "Removed from the store: {Environments} environments, {Wheels} wheels, {Downloads} downloads, {Leftovers} leftovers; it takes up {After} MiB, before that {Before} MiB"
        )]
        public static partial void Evicted(
            ILogger logger,
            int environments,
            int wheels,
            int downloads,
            int leftovers,
            long after,
            long before
        );

        [LoggerMessage(LogLevel.Error, "The store of environments could not be kept within its marks")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
