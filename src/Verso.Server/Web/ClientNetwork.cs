using System.Net;
using System.Net.Sockets;

namespace Verso.Server.Web;

/// <summary>What counts as one address where people who are not signed in are counted.</summary>
internal static class ClientNetwork
{
    /// <returns>The address; of IPv6 its /64, which one subscriber has whole.</returns>
    public static string Of(IPAddress? address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "";

    public static string Of(string address) => IPAddress.TryParse(address, out var ip) ? Of(ip) : address;
}
