using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Notifications;

/// <summary>What has become of a mail.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailState>))]
public enum MailState
{
    /// <summary>It is still to go out.</summary>
    [JsonStringEnumMemberName("owed")] Owed,

    /// <summary>It went out.</summary>
    [JsonStringEnumMemberName("sent")] Sent,

    /// <summary>See <see cref="MailClosure.Failed"/>.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>See <see cref="MailClosure.Suppressed"/>.</summary>
    [JsonStringEnumMemberName("suppressed")] Suppressed,
}
