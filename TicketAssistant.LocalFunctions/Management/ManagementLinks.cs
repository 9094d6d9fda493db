using Microsoft.AspNetCore.Http;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>The addresses with which whoever started an instance can follow and steer it; each carries the key.</summary>
internal sealed record ManagementLinks(
    string Id,
    string StatusQueryGetUri,
    string SendEventPostUri,
    string TerminatePostUri,
    string RewindPostUri,
    string PurgeHistoryDeleteUri,
    string RestartPostUri,
    string SuspendPostUri,
    string ResumePostUri)
{
    public static ManagementLinks For(HttpRequest request, string id, ManagementKey key)
    {
        var instance = $"{request.Scheme}://{request.Host}{ManagementApi.Prefix}/instances/{Uri.EscapeDataString(id)}";
        var code = $"code={Uri.EscapeDataString(key.Value)}";
        return new ManagementLinks(
            id,
            $"{instance}?{code}",
            $"{instance}/raiseEvent/{{eventName}}?{code}",
            $"{instance}/terminate?reason={{text}}&{code}",
            $"{instance}/rewind?reason={{text}}&{code}",
            $"{instance}?{code}",
            $"{instance}/restart?{code}",
            $"{instance}/suspend?reason={{text}}&{code}",
            $"{instance}/resume?reason={{text}}&{code}");
    }
}
