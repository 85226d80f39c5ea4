using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Verso.Environments.Gateway.Http;

/// <summary>Puts into a sentence why something cannot be had from the upstream.</summary>
internal static class UpstreamFault
{
    /// <summary>How a host is spoken of: never with credentials or a path, which may hold a secret as well.</summary>
    public static string Place(Uri address) =>
        address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";

    public static GatewayException Unreachable(Uri address, string why, bool transient, Exception? e = null) =>
        new($"The package index at {Place(address)} cannot be reached: {why}.", inner: e) { IsTransient = transient };

    /// <summary>An answer that is neither a page nor a file.</summary>
    public static GatewayException OfStatus(HttpResponseMessage response, Uri address)
    {
        var status = $"{(int)response.StatusCode} {response.StatusCode}";
        return
            response.StatusCode
                is HttpStatusCode.Unauthorized
                    or HttpStatusCode.Forbidden
                    or HttpStatusCode.ProxyAuthenticationRequired
            ? new GatewayException(
                $"The package index at {Place(address)} refuses access ({status}); check the credentials in PackageIndex:Upstream."
            )
            : Unreachable(
                address,
                $"it answered {status}",
                transient: (int)response.StatusCode is >= 500 or 408 or 429
            );
    }

    /// <summary>What went wrong on the way; not in the exception's own words, in which a proxy's address may stand.</summary>
    public static GatewayException Of(Exception e, Uri address)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is GatewayException refused)
                return refused;
            if (cause is AuthenticationException)
                return Unreachable(address, "its certificate is not trusted", transient: false, e);
            if (cause is SocketException { SocketErrorCode: var error })
                return Unreachable(address, Describe(error), transient: true, e);
        }
        return e is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }
            ? Unreachable(address, "the proxy refuses to connect to it", transient: false, e)
            : Unreachable(address, "the transfer broke off", transient: true, e);
    }

    private static string Describe(SocketError error) =>
        error switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "its name is not known",
            SocketError.ConnectionRefused => "the connection is refused",
            SocketError.TimedOut => "it did not answer in time",
            _ => $"the connection failed ({error})",
        };
}
