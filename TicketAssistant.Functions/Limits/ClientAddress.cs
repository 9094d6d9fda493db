using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace TicketAssistant.Functions.Limits;

/// <summary>Tells addresses apart for limits. Not for trust: whoever has many addresses has many.</summary>
internal static class ClientAddress
{
    private const string Unknown = "unknown";
    private const int NetworkBytes = 8;

    /// <summary>
    /// Where a request comes from: the connection's address, or what <paramref name="header"/> says. Of IPv6 the network (/64), which
    /// is what one customer has.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="header">
    /// A header that a proxy in front sets. Of a list the last entry counts, which is the one that the nearest proxy wrote; a port
    /// behind it (Azure's ip:port) does not. Where it is no address, the connection's counts.
    /// </param>
    public static string Of(HttpRequest request, string? header)
    {
        var said = header is null ? null : Parse(request.Headers[header].ToString().Split(',')[^1].Trim());
        return Text(said ?? request.HttpContext.Connection.RemoteIpAddress);
    }

    private static IPAddress? Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? address : IPEndPoint.TryParse(text, out var endPoint) ? endPoint.Address : null;

    private static string Text(IPAddress? address)
    {
        if (address is null) return Unknown;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }
}
