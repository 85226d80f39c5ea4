using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Verso.Environments.Eviction;

namespace Verso.Environments.Tests;

/// <summary>What operators watch is counted where it happens. Other tests count meanwhile, so each number is at least.</summary>
[NeedsSandbox]
public sealed class MetricsTests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _measured = new();

    public MetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Verso.Environments")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _listener.Start();
    }

    [Fact]
    public async Task Builds_hits_failures_and_evictions_are_counted()
    {
        await using var fixture = await StoreFixture.StartAsync(new TestWheel("alpha", "1.0"));
        (await fixture.LeaseAsync("alpha")).Dispose();
        (await fixture.LeaseAsync("alpha")).Dispose();
        await fixture.FailAsync("absent");
        fixture.Options = fixture.Options with
        {
            Eviction = new() { High = new(), Low = new() },
        };
        fixture.NewStore().Evictor.Run(dryRun: false, TestContext.Current.CancellationToken).ShouldNotBeNull();

        string[] expected =
        [
            "verso.environments.acquired built",
            "verso.environments.acquired reused",
            "verso.environments.acquired BuildFailed",
            "verso.environments.build.duration ready",
            "verso.environments.build.duration lasting",
            $"verso.environments.evictions {EvictedKind.Environment}",
            $"verso.environments.evicted {EvictedKind.Wheel}",
        ];
        foreach (var measure in expected)
            _measured.GetValueOrDefault(measure).ShouldBeGreaterThan(0, measure);
        _measured.Keys.ShouldContain("verso.environments.store.size");
    }

    public void Dispose() => _listener.Dispose();

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
        _measured.AddOrUpdate(name, value, (_, sum) => sum + value);
    }
}
