namespace Verso.Environments.Gateway;

/// <summary>
/// Something could not be served. The message is a sentence for the person whose build it is; it holds neither
/// credentials nor whole addresses.
/// </summary>
internal class GatewayException(string message, int statusCode = 502, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What the client is answered.</summary>
    public int StatusCode => statusCode;

    /// <summary>Whether trying again soon may help.</summary>
    public bool IsTransient { get; init; }
}
