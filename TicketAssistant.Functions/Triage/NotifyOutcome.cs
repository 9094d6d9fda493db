using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Triage;

/// <summary>What came of telling somebody by mail.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotifyOutcome>))]
public enum NotifyOutcome
{
    /// <summary>The mail went out, now or before.</summary>
    Sent,

    /// <summary>The address does not take mail: given up, until an admin has it tried again. The ledger keeps the reason.</summary>
    Undeliverable,

    /// <summary>There is nobody to tell: the ticket or the person is gone, or the ticket has moved on.</summary>
    Obsolete,

    /// <summary>It is not to be sent: the address is not confirmed or the person does not want it. The ledger says so.</summary>
    Suppressed,
}
