using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Verso.Server.Compiling.Http;

/// <summary>
/// Lets clients in that have the key. Where there is none, on loopback, pages in a browser of this machine are kept out
/// all the same: one that has the service looked up under a name of its own says that name, and one that would have
/// something done at the service's own address says where it comes from, as no other client does.
/// </summary>
internal sealed class ClientGuard(RequestDelegate next, CompileServiceOptions options)
{
    private readonly byte[]? _expected =
        options.Key.Length > 0 ? Encoding.UTF8.GetBytes($"Bearer {options.Key}") : null;

    public Task InvokeAsync(HttpContext context)
    {
        if (HealthEndpoints.IsOne(context.Request.Path) || IsAllowed(context.Request))
            return next(context);
        return (
            _expected is not null
                ? TypedResults.Problem(
                    statusCode: StatusCodes.Status401Unauthorized,
                    detail: "Send the service's key (Compile:Key) as 'Authorization: Bearer KEY'."
                )
                : TypedResults.Problem(
                    statusCode: StatusCodes.Status403Forbidden,
                    detail: "Without a key the service is called at its loopback address, and by no web page; set Compile:Key for anything else."
                )
        ).ExecuteAsync(context);
    }

    private bool IsAllowed(HttpRequest request) =>
        _expected is not null
            ? CryptographicOperations.FixedTimeEquals(
                _expected,
                Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString())
            )
            : IsLoopback(request.Host.Host) && !IsOfPage(request);

    private static bool IsLoopback(string host) =>
        host is "localhost"
        || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);

    // Browsers send it with whatever changes something; a document that is looked at may well load its own files.
    private static bool IsOfPage(HttpRequest request) =>
        request.Headers.Origin.Count > 0 && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
}
