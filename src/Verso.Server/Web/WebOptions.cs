using System.Net;
using Verso.Server.Settings;

namespace Verso.Server.Web;

/// <summary>The section <c>Web</c> of the configuration.</summary>
public sealed record WebOptions
{
    /// <summary>Where the workspace listens.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:3000";

    /// <summary>What people type, such as <c>https://verso.example.org</c>; empty for the address that a request came to.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>An origin that serves rendered documents alone, such as <c>https://verso-content.example.net</c>; empty for <see cref="PublicUrl"/>.</summary>
    public string ContentUrl { get; init; } = "";

    /// <summary>Where compile services on other machines (<c>Compile:Endpoints</c>) reach this server, to download projects' files.</summary>
    public string InternalUrl { get; init; } = "";

    /// <summary>Addresses or networks of proxies whose <c>X-Forwarded-For</c> and <c>-Proto</c> are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Tries to sign in that one address has in a minute.</summary>
    public int SignInsPerMinute { get; init; } = 20;

    /// <summary>Every fault of these settings, each a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(Listen, UriKind.Absolute, out var listen) || listen.Scheme != Uri.UriSchemeHttp)
            yield return $"Web:Listen is '{Listen}'; it must be an address such as http://127.0.0.1:3000.";
        if (PublicUrl.Length > 0 && !Origin.IsOne(PublicUrl))
            yield return $"Web:PublicUrl is '{PublicUrl}'; it must be a scheme and host alone, such as https://verso.example.org.";
        if (ContentUrl.Length > 0 && ContentFault() is { } fault)
            yield return $"Web:ContentUrl is '{ContentUrl}'; {fault}";
        if (InternalUrl.Length > 0 && !Origin.IsOne(InternalUrl))
            yield return $"Web:InternalUrl is '{InternalUrl}'; it must be a scheme, host and port alone, such as http://verso-web:3000.";
        foreach (var proxy in TrustedProxies.Where(proxy => !TryNetwork(proxy, out _)))
            yield return $"Web:TrustedProxies has '{proxy}'; it must be an address or network, such as 10.0.0.0/8.";
        if (SignInsPerMinute < 1)
            yield return $"Web:SignInsPerMinute is {SignInsPerMinute}; it must be 1 or more.";
    }

    private string? ContentFault()
    {
        if (!Origin.IsOne(ContentUrl))
            return "it must be a scheme, host and port alone, such as https://verso-content.example.net.";
        if (!Origin.IsOne(PublicUrl))
            return "Web:PublicUrl must be set as well, to tell the two apart.";
        var (content, main) = (new Uri(ContentUrl), new Uri(PublicUrl));
        return content.Host == main.Host
                ? "its host must be another than that of Web:PublicUrl: cookies go to every port of a host."
            : content.Scheme != main.Scheme
                ? $"it must begin with {main.Scheme}:, as Web:PublicUrl does, or browsers do not show documents in the editor."
            : null;
    }

    internal static bool TryNetwork(string text, out IPNetwork network)
    {
        network = default;
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }
        return IPNetwork.TryParse(text, out network);
    }
}
