using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Verso.Server.Compiling.Http;

/// <summary>
/// Lets clients in that have the key. Where there is none, on loopback, a page in a browser of this machine is kept out
/// all the same: under whatever name it has the service looked up, it says that name.
/// </summary>
internal sealed class ClientGuard(RequestDelegate next, CompileServiceOptions options)
{
    private readonly byte[]? _expected =
        options.Key.Length > 0 ? Encoding.UTF8.GetBytes($"Bearer {options.Key}") : null;

    public Task InvokeAsync(HttpContext context)
    {
        if (HealthEndpoints.IsOne(context.Request.Path) || IsAllowed(context.Request))
            return next(context);
        return TypedResults
            .Problem(
                statusCode: StatusCodes.Status401Unauthorized,
                detail: "Send the service's key (Compile:Key) as 'Authorization: Bearer KEY'."
            )
            .ExecuteAsync(context);
    }

    private bool IsAllowed(HttpRequest request) =>
        _expected is not null
            ? CryptographicOperations.FixedTimeEquals(
                _expected,
                Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString())
            )
            : request.Host.Host is "localhost"
                || IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var address)
                    && IPAddress.IsLoopback(address);
}
