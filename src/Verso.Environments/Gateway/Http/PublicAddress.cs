using System.Net;
using System.Net.Sockets;

namespace Verso.Environments.Gateway.Http;

/// <summary>Tells addresses of the internet from those of this machine and of private networks.</summary>
internal static class PublicAddress
{
    // IANA's special-purpose registries, and the IPv6 prefixes that only carry an IPv4 address.
    private static readonly IPNetwork[] NotPublic =
    [
        .. (
            (string[])
                [
                    .. (string[])["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
                    .. (string[])["172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15"],
                    .. (string[])["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
                    .. (string[])["::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32"],
                    .. (string[])["2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
                ]
        ).Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && !NotPublic.Any(network => network.Contains(plain));
    }
}
