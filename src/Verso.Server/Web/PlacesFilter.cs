using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Verso.Server.Accounts;

namespace Verso.Server.Web;

/// <summary>Puts <see cref="Places"/> before an endpoint: a request has one until it has been answered to the end.</summary>
internal static class PlacesFilter
{
    /// <param name="full">What is said where there is none, as a sentence.</param>
    public static RouteHandlerBuilder Takes<TPlaces>(this RouteHandlerBuilder endpoint, string full)
        where TPlaces : Places =>
        endpoint.AddEndpointFilter(
            async (invocation, next) =>
            {
                var http = invocation.HttpContext;
                if (http.RequestServices.GetRequiredService<TPlaces>().TryEnter(Caller.Of(http)) is not { } place)
                    return Problems.Of(StatusCodes.Status429TooManyRequests, full);
                http.Response.RegisterForDispose(place);
                return await next(invocation);
            }
        );
}
