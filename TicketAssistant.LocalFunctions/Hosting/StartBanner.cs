using TicketAssistant.LocalFunctions.Management;
using TicketAssistant.LocalFunctions.Management.Runs;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>What the console says when the host has started.</summary>
internal static class StartBanner
{
    /// <param name="urls">Where it listens.</param>
    /// <param name="dataDirectory">Where the data are.</param>
    /// <param name="newAdminPassword">A password that was made at this start, to be shown once; else null.</param>
    public static string Text(IEnumerable<string> urls, string dataDirectory, string? newAdminPassword)
    {
        var addresses = urls.ToList();
        return $"""

            Functions       {string.Join(", ", addresses)}
            Runs            {addresses.FirstOrDefault()}{RunsPage.Prefix}
            Data            {dataDirectory}
            Management API  {addresses.FirstOrDefault()}{ManagementApi.Prefix}/instances/{"{id}"}?code=KEY
            Management key  {Path.Combine(dataDirectory, LocalDefaults.ManagementKeyFile)}
            Admin password  {AdminPassword(dataDirectory, newAdminPassword)}

            """;
    }

    private static string AdminPassword(string dataDirectory, string? newPassword)
    {
        var file = Path.Combine(dataDirectory, LocalDefaults.AdminPasswordFile);
        if (newPassword is not null) return $"{newPassword} (shown this once, kept in {file})";
        return File.Exists(file) ? file : "as set in Admin__Password";
    }
}
