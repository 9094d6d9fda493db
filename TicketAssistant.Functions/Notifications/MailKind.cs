using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Notifications;

/// <summary>What a mail tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailKind>))]
public enum MailKind
{
    /// <summary>To the assignee: this ticket is yours.</summary>
    [JsonStringEnumMemberName("assigned")] Assigned,

    /// <summary>To the requester: your ticket is here, and where to follow it.</summary>
    [JsonStringEnumMemberName("received")] Received,

    /// <summary>To the requester: somebody has answered with a public comment.</summary>
    [JsonStringEnumMemberName("replied")] Replied,

    /// <summary>To the requester: your ticket is done.</summary>
    [JsonStringEnumMemberName("resolved")] Resolved,

    /// <summary>To the assignee: nothing has happened for too long.</summary>
    [JsonStringEnumMemberName("reminded")] Reminded,

    /// <summary>To the assignee: somebody else has commented.</summary>
    [JsonStringEnumMemberName("commented")] Commented,

    /// <summary>To an admin: nobody has acted on this ticket.</summary>
    [JsonStringEnumMemberName("escalated")] Escalated,

    /// <summary>To whoever had the ticket and let it lie: somebody else has it now.</summary>
    [JsonStringEnumMemberName("withdrawn")] Withdrawn,

    /// <summary>To a new account: please confirm this address. About no ticket.</summary>
    [JsonStringEnumMemberName("welcome")] Welcome,

    /// <summary>To who has forgotten the password of an account: here a new one can be set. About no ticket.</summary>
    [JsonStringEnumMemberName("reset")] Reset,
}
