using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Accounts;
using Verso.Server.Web;

namespace Verso.Server.Builds;

/// <summary>Puts <see cref="StartLimits"/> before an endpoint.</summary>
internal static class StartLimitFilter
{
    public static RouteHandlerBuilder Limited(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(
            async (invocation, next) =>
            {
                var http = invocation.HttpContext;
                var wait = http
                    .RequestServices.GetRequiredService<StartLimits>()
                    .TryStart(Caller.Of(http), (string)http.GetRouteValue("project")!);
                if (wait is null)
                    return await next(invocation);
                var seconds = Math.Max(1, (int)Math.Ceiling(wait.Value.TotalSeconds));
                http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                return Problems.Of(
                    StatusCodes.Status429TooManyRequests,
                    $"That was too often; try again in {seconds} s."
                );
            }
        );
}
