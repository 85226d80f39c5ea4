using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Verso.Server.Publishing;

public static class PublishingFeature
{
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddScoped<PublicationWork>();
        return services;
    }

    public static IEndpointRouteBuilder MapPublishing(this IEndpointRouteBuilder app)
    {
        PublishingEndpoints.Map(app);
        TakeDownEndpoints.Map(app);
        PublicPages.Map(app);
        return app;
    }
}
