using TicketAssistant.LocalFunctions.Management;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>What the console says when the host has started.</summary>
internal static class StartBanner
{
    public static string Text(IEnumerable<string> urls, string dataDirectory)
    {
        var addresses = urls.ToList();
        return $"""

            Functions       {string.Join(", ", addresses)}
            Data            {dataDirectory}
            Management API  {addresses.FirstOrDefault()}{ManagementApi.Prefix}/instances/{"{id}"}?code=KEY
            Management key  {Path.Combine(dataDirectory, LocalDefaults.ManagementKeyFile)}

            """;
    }
}
