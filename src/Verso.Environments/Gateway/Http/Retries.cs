using Polly;
using Polly.Retry;

namespace Verso.Environments.Gateway.Http;

/// <summary>Tries again, at growing intervals, what failed for a moment.</summary>
internal static class Retries
{
    public static ResiliencePipeline Create(GatewayNetwork network, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder().Handle<GatewayException>(e => e.IsTransient),
                    MaxRetryAttempts = 2,
                    Delay = network.RetryDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                }
            )
            .Build();
}
