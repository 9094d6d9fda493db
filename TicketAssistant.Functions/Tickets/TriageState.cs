using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets;

/// <summary>How far the analysis of a ticket has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriageState>))]
public enum TriageState
{
    /// <summary>Accepted, not yet begun.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>Under way.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>A proposal waits for a human (supervised mode).</summary>
    [JsonStringEnumMemberName("awaiting_confirmation")] AwaitingConfirmation,

    /// <summary>Done by the analyser that was configured.</summary>
    [JsonStringEnumMemberName("succeeded")] Succeeded,

    /// <summary>Done by the offline analyser because the model could not.</summary>
    [JsonStringEnumMemberName("fallback")] Fallback,

    /// <summary>No analyser could; the ticket went to an admin as it was.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
