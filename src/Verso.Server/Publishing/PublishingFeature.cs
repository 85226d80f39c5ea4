using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Verso.Server.Publishing;

public static class PublishingFeature
{
    public static IServiceCollection AddPublishing(this IServiceCollection services) =>
        services.AddScoped<Publications>();

    public static IEndpointRouteBuilder MapPublishing(this IEndpointRouteBuilder app)
    {
        PublishEndpoints.Map(app);
        PublicEndpoints.Map(app);
        return app;
    }
}
