using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using Xunit;

namespace TicketAssistant.Tests.Storage;

/// <summary>Stores over an empty database of their own, and short ways to fill and read them.</summary>
public abstract class StoreHarness : IAsyncLifetime
{
    // Whole milliseconds: the coarsest that a database here keeps.
    protected static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 30, 15, 678, TimeSpan.Zero);

    private Stores _stores = null!;

    protected IUserStore Users => _stores.Users;

    protected ITicketStore Tickets => _stores.Tickets;

    protected IMailLedger Mails => _stores.Mails;

    protected IAuditLog Audit => _stores.Audit;

    protected IAttemptStore Attempts => _stores.Attempts;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Stores over an empty database of their own.</summary>
    protected abstract Task<Stores> OpenAsync();

    /// <summary>Closes and deletes what <see cref="OpenAsync"/> made.</summary>
    protected abstract ValueTask CloseAsync();

    public async ValueTask InitializeAsync() => _stores = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected static User NewUser(string email, Role role = Role.User, params string[] skills) => new()
    {
        Id = Guid.CreateVersion7(),
        Email = email,
        Name = email.Split('@')[0],
        PasswordHash = "$2a$04$hash",
        Role = role,
        Skills = skills,
        CreatedAt = Now,
    };

    internal static Ticket NewTicket(string title = "Printer", DateTimeOffset? createdAt = null, PersonRef? requester = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Title = title,
        Description = "It does not print.",
        CreatedBy = requester ?? new PersonRef(Guid.CreateVersion7(), "rita@example.org", "Rita"),
        CreatedAt = createdAt ?? Now,
        UpdatedAt = createdAt ?? Now,
    };

    protected async Task<User> AddUserAsync(string email, Role role = Role.User, params string[] skills)
    {
        var user = NewUser(email, role, skills);
        Assert.True(await Users.InsertIfAbsentAsync(user, Cancel));
        return user;
    }

    protected async Task<Ticket> AddTicketAsync(Ticket? ticket = null)
    {
        ticket ??= NewTicket();
        Assert.True(await Tickets.InsertIfAbsentAsync(ticket, Cancel));
        return ticket;
    }

    protected static AssignmentTier Tier(params IEnumerable<User> users) =>
        new([.. users.Select(u => new AssignmentCandidate(u.Id, new TicketAssignment($"because {u.Name}", [.. u.Skills], 2)))]);

    protected Task<AssignmentOutcome> AssignAsync(Ticket ticket, int revision, params AssignmentTier[] tiers) =>
        Tickets.AssignAsync(new AssignmentRequest(ticket.Id, revision, tiers, Now), Cancel);

    protected async Task<User> UserAsync(User user) => (await Users.FindAsync(user.Id, Cancel))!;

    protected async Task<Ticket> TicketAsync(Ticket ticket) => (await Tickets.FindAsync(ticket.Id, null, Cancel))!;

    /// <summary>Runs them all at once, each on its own task, and gives the results in order.</summary>
    protected static Task<T[]> TogetherAsync<T>(int count, Func<int, Task<T>> run) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => run(i))));

    /// <summary>Every user's counter equals the open tickets that they have.</summary>
    protected async Task AssertCountersAsync(params User[] users)
    {
        foreach (var user in users)
        {
            var open = 0;
            string? cursor = null;
            do
            {
                var page = await Tickets.ListAsync(new TicketQuery { AssigneeId = user.Id, Limit = 100, Cursor = cursor }, Cancel);
                open += page.Items.Count(t => t.Status != TicketStatus.Done);
                cursor = page.Next;
            }
            while (cursor is not null);
            Assert.Equal(open, (await UserAsync(user)).OpenTickets);
        }
    }
}
