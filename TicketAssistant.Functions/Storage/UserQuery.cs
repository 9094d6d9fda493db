using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Storage;

/// <summary>Which users to list, by e-mail address ascending.</summary>
/// <param name="Role">Only this role, or all.</param>
/// <param name="Text">Only those in whose address or name each of these words begins a word (as in <see cref="TicketQuery.Text"/>), or all.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">A <see cref="Page{T}.Next"/> of an earlier page, or null. A malformed one throws <see cref="FormatException"/>.</param>
public sealed record UserQuery(Role? Role = null, string? Text = null, int Limit = 20, string? Cursor = null);
