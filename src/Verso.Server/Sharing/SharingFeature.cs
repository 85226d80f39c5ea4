using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Sharing.Invitations;
using Verso.Server.Sharing.Links;
using Verso.Server.Sharing.Members;

namespace Verso.Server.Sharing;

public static class SharingFeature
{
    public static IServiceCollection AddSharing(this IServiceCollection services, SharingOptions options)
    {
        services.AddSingleton(options);
        services.AddScoped<AccessRules>();
        services.AddScoped<Joining>();
        return services;
    }

    public static IEndpointRouteBuilder MapSharing(this IEndpointRouteBuilder app)
    {
        MemberEndpoints.Map(app);
        TransferEndpoint.Map(app);
        InvitingEndpoint.Map(app);
        InvitationEndpoints.Map(app);
        ReceivedInvitationEndpoints.Map(app);
        LinkEndpoints.Map(app);
        return app;
    }
}
