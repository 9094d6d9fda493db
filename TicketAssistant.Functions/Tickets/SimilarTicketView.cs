namespace TicketAssistant.Functions.Tickets;

/// <summary>An earlier ticket that looks like another one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Where it stands now.</param>
/// <param name="SolvedBy">Who had it when it was done; null while it isn't, or where nobody had it.</param>
/// <param name="CreatedAt">When it was accepted (UTC).</param>
public sealed record SimilarTicketView(Guid Id, string Title, TicketStatus Status, PersonRef? SolvedBy, DateTimeOffset CreatedAt);
