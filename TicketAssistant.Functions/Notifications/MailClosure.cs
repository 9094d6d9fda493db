using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Notifications;

/// <summary>Why a mail that did not go out is not owed any more.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailClosure>))]
public enum MailClosure
{
    /// <summary>Given up: the address takes no mail. An admin may have it tried again.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Not to be sent: not wanted, not confirmed, or no longer true.</summary>
    [JsonStringEnumMemberName("suppressed")] Suppressed,
}
