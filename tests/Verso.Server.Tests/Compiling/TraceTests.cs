using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Verso.Server.Tests.Compiling.CompileClient;

namespace Verso.Server.Tests.Compiling;

/// <summary>What operators see of a compile.</summary>
[NeedsSandbox]
public sealed class TraceTests
{
    [Fact]
    public async Task A_compile_is_traced_stage_by_stage_and_counted()
    {
        var build = $"18c0ffee000-{Random.Shared.NextInt64():x16}";
        var stages = new ConcurrentBag<(string Stage, ActivityTraceId Trace, string? Build)>();
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Verso.Compiling",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
                stages.Add((activity.OperationName, activity.TraceId, (string?)activity.GetTagItem("verso.build"))),
        };
        ActivitySource.AddActivityListener(traces);
        var measured = new ConcurrentDictionary<string, double>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Verso.Compiling")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>(
            (instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value)
        );
        meters.Start();
        await using var server = await TestServer.StartAsync();

        (
            await server.CompileAsync("alpha", Request(File("index.qmd", "`{python} 1`")).With("buildId", build))
        ).ShouldBe("success");

        // Other tests compile meanwhile.
        var trace = stages.Single(stage => stage.Build == build).Trace;
        stages
            .Where(stage => stage.Trace == trace)
            .Select(stage => stage.Stage)
            .Order()
            .ShouldBe(["collect", "compile", "engine", "environment", "queue", "sync"]);
        measured["verso.compiles.duration"].ShouldBeGreaterThan(0);
        measured.Keys.ShouldContain("verso.compiles.queue.duration");
    }

    [Fact]
    public async Task Logs_name_the_project_and_the_build_and_nothing_of_the_files()
    {
        var lines = new LogLines();
        await using var server = await TestServer.StartAsync(configure: builder =>
            builder.Services.AddSingleton<ILoggerProvider>(lines)
        );

        var answer = await server.CompileAsync("alpha", "```{python}\nraise Exception('a secret of ours')\n```\n");

        var line = lines.Said.ShouldHaveSingleItem();
        line.ShouldContain("alpha-" + User);
        line.ShouldContain(answer.BuildId);
        line.ShouldContain("Failure");
        line.ShouldNotContain("secret");
    }
}
