using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using TicketAssistant.LocalFunctions.Hosting;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>The key that the management API, the runs page and keyed functions ask for.</summary>
internal sealed class ManagementKey(IConfiguration configuration)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(configuration[LocalDefaults.ManagementKeyKey] is { Length: > 0 } key
        ? key
        : throw new HostStartException("Local__ManagementKey is empty; give it a value, or leave it unset."));

    /// <summary>Whether a request carries it: in the query as <c>code</c>, or in the header <c>x-functions-key</c>.</summary>
    public bool IsIn(HttpRequest request)
    {
        var given = request.Query["code"] is [{ } code] ? code : request.Headers["x-functions-key"].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _key);
    }
}
