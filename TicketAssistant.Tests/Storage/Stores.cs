using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Tests.Storage;

/// <summary>The stores over one empty database.</summary>
public sealed record Stores(IUserStore Users, ITicketStore Tickets, IMailLedger Mails, IAuditLog Audit, IAttemptStore Attempts);
