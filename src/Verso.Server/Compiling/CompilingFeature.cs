using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Settings;

namespace Verso.Server.Compiling;

public static class CompilingFeature
{
    public static IServiceCollection AddCompiling(this IServiceCollection services, ServerSettings settings)
    {
        _ = settings;
        return services;
    }

    public static IEndpointRouteBuilder MapCompiling(this IEndpointRouteBuilder app, CompileServiceOptions options)
    {
        _ = options;
        app.MapGet("/status", () => TypedResults.Text("OK"));
        return app;
    }
}
