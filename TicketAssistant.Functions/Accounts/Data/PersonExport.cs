using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Accounts.Data;

/// <summary>Reply of GET /api/users/{id}/export: everything that the app keeps about one person.</summary>
/// <param name="User">The account.</param>
/// <param name="Tickets">The tickets that they posted, each with its public timeline, newest first.</param>
/// <param name="Comments">What they wrote on these and on other people's tickets, as far as those are assigned to them.</param>
/// <param name="Mails">What was owed to them by mail, newest first.</param>
public sealed record PersonExport(
    UserView User, IReadOnlyList<PersonTicket> Tickets, IReadOnlyList<PersonComment> Comments, IReadOnlyList<MailView> Mails);
