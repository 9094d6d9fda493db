using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Health;

/// <summary>Pages beside the app where an admin can look further; absent where this server has none.</summary>
/// <param name="Runs">
/// <c>App__RunsUrl</c>: where the runs of the triage can be watched. An absolute http or https address, or a path on this server.
/// </param>
/// <param name="Mailbox">The mails that were written as files.</param>
public sealed record AdminLinks(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Runs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Mailbox)
{
    private const string RunsSetting = "App__RunsUrl";

    /// <summary>Reads <c>App__RunsUrl</c>.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="mailbox">Where the mailbox is; null where there is none.</param>
    /// <exception cref="SettingException">It is neither an address nor a path.</exception>
    public static AdminLinks Read(IConfiguration configuration, string? mailbox)
    {
        var runs = configuration.Text(RunsSetting);
        return new AdminLinks(runs is null || IsPath(runs) ? runs : configuration.HttpAddress(RunsSetting)!.AbsoluteUri, mailbox);
    }

    // "//host/" and "/\host/" are other servers to a browser.
    private static bool IsPath(string text) => text[0] == '/' && (text.Length == 1 || text[1] is not ('/' or '\\'));
}
