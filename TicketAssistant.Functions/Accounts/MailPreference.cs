using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Which mails about tickets somebody wants. Mails about the account itself always go.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailPreference>))]
public enum MailPreference
{
    /// <summary>Every one that there is for them.</summary>
    [JsonStringEnumMemberName("all")] All,

    /// <summary>About tickets that they posted or that are assigned to them; not those about tickets of others, such as escalations.</summary>
    [JsonStringEnumMemberName("mine")] Mine,

    /// <summary>None.</summary>
    [JsonStringEnumMemberName("none")] None,
}
