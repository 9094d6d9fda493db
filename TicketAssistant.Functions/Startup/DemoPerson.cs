namespace TicketAssistant.Functions.Startup;

/// <summary>Somebody in the demonstration team; a moderator if they have skills.</summary>
internal sealed record DemoPerson(string Name, string Email, IReadOnlyList<string> Skills);
