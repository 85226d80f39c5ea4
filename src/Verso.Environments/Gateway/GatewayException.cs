namespace Verso.Environments.Gateway;

/// <summary>
/// Something could not be served. The message is a sentence for the person whose build it is; it holds neither
/// credentials nor whole addresses.
/// </summary>
internal class GatewayException(string message, int statusCode = 502, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What the client is answered: 4xx for a refusal, 5xx for trouble on the way.</summary>
    public int StatusCode => statusCode;

    /// <summary>Whether trying again at once may help.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether it may succeed another day though nobody changes anything here.</summary>
    public bool PassesOver => statusCode >= 500;
}
