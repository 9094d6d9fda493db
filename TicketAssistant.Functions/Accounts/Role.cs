using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Accounts;

/// <summary>What a person may do. Ordered: a higher role may do all that a lower one may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Posts tickets and sees their own.</summary>
    [JsonStringEnumMemberName("user")] User = 0,

    /// <summary>Sees all tickets and is assigned those that fit their skills.</summary>
    [JsonStringEnumMemberName("moderator")] Moderator = 1,

    /// <summary>Manages people and takes the tickets that fit nobody's skills.</summary>
    [JsonStringEnumMemberName("admin")] Admin = 2,
}
