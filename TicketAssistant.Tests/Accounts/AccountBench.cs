using System.Text;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Tests.Support;

namespace TicketAssistant.Tests.Accounts;

/// <summary>What accounts are made of, over a store of its own and a clock that stands still until it is moved.</summary>
internal sealed class AccountBench : IAsyncDisposable
{
    public const string Password = "correct horse";

    private readonly TempFolder _folder = new();

    public AccountBench()
    {
        File = new SqliteStoreFile(_folder.File("tickets.db"));
        Users = new SqliteUserStore(File);
        Tickets = new SqliteTicketStore(File);
        Mails = new SqliteMailLedger(File);
        Audit = new SqliteAuditLog(File);
        Tokens = new Tokens(Jwt, Time);
        Guard = new LoginGuard(new SqliteAttemptStore(File), Audit, new LimitOptions(), Jwt, Time);
        Accounts = new AccountService(Users, Passwords, Tokens, Guard, Time);
    }

    public SqliteStoreFile File { get; }

    public IUserStore Users { get; }

    public ITicketStore Tickets { get; }

    public IMailLedger Mails { get; }

    public IAuditLog Audit { get; }

    public JwtOptions Jwt { get; } = new(Encoding.UTF8.GetBytes(new string('s', 32)), "i", "a", TimeSpan.FromHours(1));

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    public Passwords Passwords { get; } = new(new PasswordOptions(4));

    public Tokens Tokens { get; }

    public LoginGuard Guard { get; }

    public AccountService Accounts { get; }

    /// <summary>An account that signed up, as it is stored.</summary>
    public async Task<User> SignUpAsync(string email) =>
        await FindAsync((await Accounts.SignUpAsync(new SignupRequest(email, Password), CancellationToken.None)).User.Id);

    public async Task<User> FindAsync(Guid id) => (await Users.FindAsync(id, CancellationToken.None))!;

    /// <summary>Stores what is changed, and returns it as it is stored.</summary>
    public async Task<User> ChangeAsync(User user, Func<User, User> change)
    {
        await Users.ChangeAsync(user.Id, change, CancellationToken.None);
        return await FindAsync(user.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await File.DisposeAsync();
        _folder.Dispose();
    }
}
