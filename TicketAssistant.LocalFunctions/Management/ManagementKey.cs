using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TicketAssistant.LocalFunctions.Hosting;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>The key that the management API, the runs page and keyed functions ask for.</summary>
internal sealed class ManagementKey(IConfiguration configuration)
{
    private const string Header = "x-functions-key";

    private byte[]? _hash;

    /// <summary>The key, for links that are given to somebody who has shown it.</summary>
    public string Value { get; } = configuration[LocalDefaults.ManagementKeyKey] is { Length: > 0 } key
        ? key
        : throw new HostStartException("Local__ManagementKey is empty; give it a value, or leave it unset.");

    /// <summary>Whether a request carries it: in the query as <c>code</c>, or in the header <c>x-functions-key</c>.</summary>
    public bool IsIn(HttpRequest request) => Fits(request.Query["code"] is [{ } code] ? code : request.Headers[Header].ToString());

    /// <summary>Whether a request carries it in the header: for what must not be asked with a key in its address.</summary>
    public bool IsInHeader(HttpRequest request) => Fits(request.Headers[Header].ToString());

    // Hashes are compared, so that the time tells nothing, the key's length included.
    private bool Fits(string given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)),
        _hash ??= SHA256.HashData(Encoding.UTF8.GetBytes(Value)));
}
