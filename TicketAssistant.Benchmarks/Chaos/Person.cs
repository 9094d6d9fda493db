namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>Somebody who is signed in.</summary>
internal sealed record Person(Guid Id, string Email, string Token);
