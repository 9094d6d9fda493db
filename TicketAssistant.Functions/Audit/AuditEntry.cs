namespace TicketAssistant.Functions.Audit;

/// <summary>One line of the audit log. Holds ids and names of things, never what a person is called or wrote: it outlives them.</summary>
/// <param name="Id">Its identity (UUID v7); the same entry stored twice is one.</param>
/// <param name="At">When (UTC, whole milliseconds).</param>
/// <param name="Action">What was done.</param>
/// <param name="ActorId">Which user did it; null for nobody who was logged in.</param>
/// <param name="Subject">What it was done to: the id of a user, ticket or mail; null for none, or all.</param>
/// <param name="Detail">More, in a few words; null for nothing.</param>
public sealed record AuditEntry(Guid Id, DateTimeOffset At, AuditAction Action, Guid? ActorId, string? Subject, string? Detail = null)
{
    /// <summary>A new entry.</summary>
    public static AuditEntry Of(DateTimeOffset at, AuditAction action, Guid? actor, string? subject, string? detail = null) =>
        new(Guid.CreateVersion7(at), at, action, actor, subject, detail);
}
