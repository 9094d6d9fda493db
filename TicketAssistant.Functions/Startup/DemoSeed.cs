using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Startup;

/// <summary>
/// With <c>--demo</c>: a small team and a dozen tickets. Runs at start as a timer function because only a function is given
/// a durable client; what is there already stays as it is, so it happens once.
/// </summary>
public sealed class DemoSeed
{
    private readonly DemoOptions _options;
    private readonly IUserStore _users;
    private readonly TicketIntake _intake;
    private readonly Passwords _passwords;
    private readonly AdminOptions _admin;
    private readonly StartupState _startup;
    private readonly TimeProvider _time;
    private readonly ILogger<DemoSeed> _logger;

    /// <summary>For the container.</summary>
    public DemoSeed(IServiceProvider services)
    {
        _options = services.GetRequiredService<DemoOptions>();
        _users = services.GetRequiredService<IUserStore>();
        _intake = services.GetRequiredService<TicketIntake>();
        _passwords = services.GetRequiredService<Passwords>();
        _admin = services.GetRequiredService<AdminOptions>();
        _startup = services.GetRequiredService<StartupState>();
        _time = services.GetRequiredService<TimeProvider>();
        _logger = services.GetRequiredService<ILogger<DemoSeed>>();
    }

    /// <summary>Does nothing without the switch.</summary>
    [Function(nameof(DemoSeed))]
    public async Task RunAsync(
        [TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (!_options.Enabled) return;
        while (!_startup.IsComplete) await Task.Delay(TimeSpan.FromMilliseconds(100), _time, cancellationToken);

        // One hash for all: the demonstration people log in with the admin's password.
        var hash = await _passwords.HashAsync(_admin.Password, cancellationToken);
        foreach (var person in DemoData.People) await AddAsync(person, hash, cancellationToken);

        var requester = await _users.FindByEmailAsync(DemoData.RequesterEmail, cancellationToken)
            ?? throw new InvalidOperationException("The demonstration requester was not stored.");
        var added = 0;
        foreach (var (ticket, number) in DemoData.Tickets.Select((ticket, index) => (ticket, index + 1)))
        {
            if ((await _intake.AcceptAsync(requester, ticket, $"demo-{number}", durable, cancellationToken)).IsNew) added++;
        }

        _logger.LogInformation("Demo: {People} people (password: the admin's) and {Added} new tickets.", DemoData.People.Count, added);
    }

    private async Task AddAsync(DemoPerson person, string hash, CancellationToken cancellationToken)
    {
        await _users.InsertIfAbsentAsync(
            new User
            {
                Id = Guid.CreateVersion7(),
                Email = person.Email,
                Name = person.Name,
                PasswordHash = hash,
                Role = person.Skills.Count > 0 ? Role.Moderator : Role.User,
                Skills = person.Skills,
                EmailConfirmed = true,
                CreatedAt = _time.GetStoreNow(),
            },
            cancellationToken);
    }
}
