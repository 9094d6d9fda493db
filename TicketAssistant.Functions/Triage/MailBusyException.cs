using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Triage;

/// <summary>Somebody else, possibly a process that has died, holds the right to send this mail for a while.</summary>
public sealed class MailBusyException(MailKey key, DateTimeOffset? until)
    : Exception($"The mail {key} is being sent by another attempt until {until:O}.");
