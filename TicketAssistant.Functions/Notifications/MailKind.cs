using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Notifications;

/// <summary>What a mail tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailKind>))]
public enum MailKind
{
    /// <summary>To the assignee: this ticket is yours.</summary>
    [JsonStringEnumMemberName("assigned")] Assigned,
}
