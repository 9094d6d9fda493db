namespace TicketAssistant.Functions.Storage;

/// <summary>A person's decision who is to have a ticket. Unlike the app's own choice it asks neither for room nor for presence.</summary>
/// <param name="To">A moderator or admin; null to give it back, so that it is handed out again.</param>
public sealed record AssigneeChange(Guid? To);
