using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>Who sees which ticket: users their own, staff all. Ownership is part of the query.</summary>
internal static class TicketVisibility
{
    /// <summary>Whether they see what is for staff.</summary>
    public static bool IsStaff(this User viewer) => viewer.Role >= Role.Moderator;

    /// <summary>Null for staff, who see all; the user's own id for everybody else.</summary>
    public static Guid? OwnOnly(this User viewer) => viewer.IsStaff() ? null : viewer.Id;

    /// <exception cref="ProblemException">404: there is no such ticket, or it is somebody else's.</exception>
    public static async Task<Ticket> FindVisibleAsync(this ITicketStore tickets, Guid id, User viewer, CancellationToken cancellationToken) =>
        await tickets.FindAsync(id, viewer.OwnOnly(), cancellationToken)
        ?? throw new ProblemException(404, "No such ticket", "There is no such ticket, or you may not see it.");
}
