namespace TicketAssistant.Functions.Audit;

/// <summary>An entry of the audit log as admins see it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Action">What was done.</param>
/// <param name="ActorId">Which user did it; null for nobody who was logged in.</param>
/// <param name="Actor">That user's address as it is now; null where there is none.</param>
/// <param name="Subject">What it was done to: the id of a user, ticket or mail; null for none, or all.</param>
/// <param name="SubjectEmail">The address as it is now, where the subject is a user.</param>
/// <param name="Detail">More, in a few words.</param>
public sealed record AuditView(
    Guid Id, DateTimeOffset At, AuditAction Action, Guid? ActorId, string? Actor, string? Subject, string? SubjectEmail, string? Detail);
