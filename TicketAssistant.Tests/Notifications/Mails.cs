using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Tests.Notifications;

/// <summary>Test data: one ticket, its assignee and their mail.</summary>
internal static class Mails
{
    public static readonly DateTimeOffset OwedAt = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static readonly User Moderator = new()
    {
        Id = Guid.Parse("0195a1b2-0000-7000-8000-00000000000a"),
        Email = "mo@example.com",
        Name = "Mo Müller",
        PasswordHash = "",
        Role = Role.Moderator,
        CreatedAt = OwedAt,
    };

    public static readonly Ticket Ticket = new()
    {
        Id = Guid.Parse("0195a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"),
        Title = "Pods restart every minute",
        Description = "Since this morning the checkout pods restart every minute. Nothing was deployed.",
        Priority = TicketPriority.High,
        Type = TicketType.FeatureRequest,
        CreatedBy = new(Guid.Parse("0195a1b2-0000-7000-8000-00000000000b"), "rita@example.com", "Rita Requester"),
        AssignedTo = new(Moderator.Id, Moderator.Email, Moderator.Name),
        RelatedSkills = ["kubernetes", "C++"],
        Summary = "Checkout pods restart in a loop.",
        HelpfulNotes = "Look at the liveness probe.\nThen at the memory limit: größer als 512 MB?",
        Assignment = new("Covers kubernetes and C++ and has the fewest open tickets.", ["kubernetes", "C++"], 3),
        CreatedAt = OwedAt,
        UpdatedAt = OwedAt,
    };

    public static readonly MailKey Key = new(Ticket.Id, MailKind.Assigned, Moderator.Id, 1);

    public static MailOptions Options(int port = 0) => new()
    {
        SmtpHost = "127.0.0.1",
        SmtpPort = port,
        AppUrl = new("https://help.example.com/app/"),
        Timeout = TimeSpan.FromSeconds(30),
    };

    public static MimeKit.MimeMessage Compose(Ticket ticket) =>
        Compose(MailKind.Assigned, ticket, Moderator, MessageId.For(Key, "tickets.local"), Options());

    public static MimeKit.MimeMessage Compose(MailKind kind, Ticket ticket, User recipient, string messageId, MailOptions options, params TimelineEntry[] history) =>
        TicketMail.Compose(kind, new MailSubject(ticket, recipient, history), messageId, OwedAt, options);
}
