using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>How far the escalation of an untouched ticket has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AcknowledgementStage>))]
public enum AcknowledgementStage
{
    /// <summary>The assignee has it and time.</summary>
    [JsonStringEnumMemberName("awaited")] Awaited,

    /// <summary>The assignee was reminded.</summary>
    [JsonStringEnumMemberName("reminded")] Reminded,

    /// <summary>It went on to the next best, and from there goes to an admin.</summary>
    [JsonStringEnumMemberName("passed_on")] PassedOn,
}
