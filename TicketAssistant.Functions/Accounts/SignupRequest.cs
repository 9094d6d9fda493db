namespace TicketAssistant.Functions.Accounts;

/// <summary>Body of POST /api/auth/signup.</summary>
/// <param name="Email">An address that nobody has signed up with.</param>
/// <param name="Password">8 to 72 bytes in UTF-8.</param>
/// <param name="Name">1 to 100 characters; the part of the address before the @ where left out.</param>
/// <param name="Skills">At most 50, of 1 to 60 characters each; none where left out.</param>
public sealed record SignupRequest(string Email, string Password, string? Name = null, IReadOnlyList<string>? Skills = null);
