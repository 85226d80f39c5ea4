using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Accounts;
using Verso.Server.Auditing;
using Verso.Server.Builds;
using Verso.Server.Client;
using Verso.Server.Projects;
using Verso.Server.Publishing;
using Verso.Server.Python;
using Verso.Server.Settings;
using Verso.Server.Sharing;
using Verso.Server.Storage;

namespace Verso.Server.Web;

/// <summary>The role <c>web</c>: the workspace.</summary>
public static class WebFeature
{
    public const string SignInLimit = "sign-in";

    public static IServiceCollection AddWorkspace(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings.Web);
        services.AddStorage(settings.Storage);
        services.AddAccounts(settings);
        services.AddProjects(settings.Projects);
        services.AddSharing(settings.Sharing);
        services.AddBuilds(settings.Builds);
        services.AddPython();
        services.AddPublishing();
        services.AddScoped<AuditLog>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = "Verso-Antiforgery";
            antiforgery.SuppressReadingTokenFromFormBody = true; // bodies are the endpoints' affair
            antiforgery.Cookie.Name = "verso-antiforgery";
            antiforgery.Cookie.SecurePolicy = Secure(settings.Web);
        });
        services.ConfigureHttpJsonOptions(json =>
        {
            // What an endpoint is promised is there, or the request is refused before it.
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(
                SignInLimit,
                http =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        ClientNetwork.Of(http.Connection.RemoteIpAddress),
                        _ => new FixedWindowRateLimiterOptions
                        {
                            PermitLimit = settings.Web.SignInsPerMinute,
                            Window = TimeSpan.FromMinutes(1),
                        }
                    )
            );
        });
        return services;
    }

    public static void MapWorkspace(this WebApplication app, ServerSettings settings)
    {
        if (settings.Web.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(Forwarded(settings.Web));
        app.UseMiddleware<SecurityHeaders>();
        if (settings.Web.ContentUrl.Length > 0)
            app.UseMiddleware<ContentOrigin>();
        app.UseClient();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<AccessGuard>();
        app.MapAccounts();
        app.MapProjects(settings.Projects);
        app.MapSharing();
        app.MapBuilds();
        app.MapPython();
        app.MapPublishing();
        app.MapAuditing();
        app.MapWorkspaceHealth();
    }

    internal static CookieSecurePolicy Secure(WebOptions web) =>
        web.PublicUrl.StartsWith("https:", StringComparison.Ordinal)
            ? CookieSecurePolicy.Always
            : CookieSecurePolicy.SameAsRequest;

    private static ForwardedHeadersOptions Forwarded(WebOptions web)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in web.TrustedProxies)
            if (WebOptions.TryNetwork(proxy, out var network))
                options.KnownIPNetworks.Add(network);
        return options;
    }
}
