using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Verso.Server.Hosting;

/// <summary>Logs to standard error; traces and metrics to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names, if any.</summary>
internal static class Telemetry
{
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        builder
            .Logging.AddFilter("Microsoft", LogLevel.Warning)
            // Keys in the clear are as safe as the database beside them; answers that set a cookie are not to be cached anyway.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            .AddFilter("System", LogLevel.Warning)
            // That it cannot start is said by whoever starts it.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // For people where there are any, else for programs.
        if (Console.IsErrorRedirected)
            builder.Logging.AddJsonConsole(format => format.IncludeScopes = true);
        else
            builder.Logging.AddSimpleConsole(format => (format.SingleLine, format.IncludeScopes) = (true, true));
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
    }

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is not { Length: > 0 })
            return;
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("verso"))
            .WithTracing(traces =>
                traces.AddSource("Verso.*").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
            )
            .WithMetrics(metrics => metrics.AddMeter("Verso.*").AddAspNetCoreInstrumentation())
            .UseOtlpExporter();
    }
}
