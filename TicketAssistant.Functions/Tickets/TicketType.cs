using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets;

/// <summary>What kind of request a ticket is: a closed list, in the API and for the analysers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketType>))]
public enum TicketType
{
    /// <summary>None of the others.</summary>
    [JsonStringEnumMemberName("other")] Other,

    /// <summary>Software does not do what it should.</summary>
    [JsonStringEnumMemberName("bug")] Bug,

    /// <summary>A service is down or impaired for several people.</summary>
    [JsonStringEnumMemberName("incident")] Incident,

    /// <summary>Somebody wants to know how something works.</summary>
    [JsonStringEnumMemberName("question")] Question,

    /// <summary>Somebody wants something that is not there yet.</summary>
    [JsonStringEnumMemberName("feature_request")] FeatureRequest,

    /// <summary>Log-in, password, permission or account set-up.</summary>
    [JsonStringEnumMemberName("account_access")] AccountAccess,

    /// <summary>Invoices, charges, refunds, subscriptions.</summary>
    [JsonStringEnumMemberName("billing")] Billing,

    /// <summary>A suspected attack, leak or vulnerability, or a question of privacy law.</summary>
    [JsonStringEnumMemberName("security")] Security,
}
