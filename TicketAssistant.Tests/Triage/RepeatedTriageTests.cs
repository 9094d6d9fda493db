using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage;

/// <summary>What a person has decided stands, whatever a later analysis says; what that said is kept beside.</summary>
public sealed class RepeatedTriageTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly SqliteStoreFile _file;
    private readonly SqliteTicketStore _tickets;
    private readonly SqliteUserStore _users;
    private readonly Ticket _ticket = new()
    {
        Id = Guid.CreateVersion7(),
        Title = "Printer",
        Description = "It does not print.",
        CreatedBy = new PersonRef(Guid.NewGuid(), "rita@example.org", "Rita"),
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    public RepeatedTriageTests()
    {
        _file = new SqliteStoreFile(_folder.File("tickets.db"));
        _tickets = new SqliteTicketStore(_file);
        _users = new SqliteUserStore(_file);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_analysis_leaves_alone_what_a_person_has_set_and_keeps_what_it_thought_itself()
    {
        await _tickets.InsertIfAbsentAsync(_ticket with { Priority = TicketPriority.Low, HumanSet = [TicketField.Priority] }, Cancel);

        await AnalyseAsync(1, TicketType.Bug, TicketPriority.Urgent, "go");

        var first = await TicketAsync();
        Assert.Equal((TicketPriority.Low, TicketType.Bug), (first.Priority, first.Type));
        Assert.Equal(["go"], first.RelatedSkills);
        await _tickets.UpdateAsync(first with { HumanSet = [TicketField.Type, TicketField.Priority, TicketField.RelatedSkills] }, Cancel);

        await AnalyseAsync(2, TicketType.Billing, TicketPriority.High, "sap");

        var second = await TicketAsync();
        Assert.Equal((TicketPriority.Low, TicketType.Bug), (second.Priority, second.Type));
        Assert.Equal(["go"], second.RelatedSkills);
        Assert.Equivalent(new TriageProposal(TicketType.Billing, TicketPriority.High, ["sap"]), second.Triage.Proposed, strict: true);
        var told = await _tickets.ListTimelineAsync(new TimelineQuery(_ticket.Id, 0, 10, PublicOnly: false), Cancel);
        Assert.Equal([(2, TimelineKind.Triaged, "because"), (3, TimelineKind.Triaged, "because")], told.Select(e => (e.Seq, e.Kind, e.Reason!)));
        Assert.All(told, e => Assert.Equal(new TimelineActor(ActorKind.Gemini, Name: "m-1"), e.Actor));
    }

    [Fact]
    public async Task A_later_assignment_leaves_the_ticket_with_whom_a_person_gave_it_to()
    {
        var chosen = await AddAsync("chosen@example.org");
        var fitting = await AddAsync("fitting@example.org", "go");
        await _tickets.InsertIfAbsentAsync(_ticket, Cancel);
        await AnalyseAsync(1, TicketType.Bug, TicketPriority.High, "go");
        var given = await TicketAsync() with { HumanSet = [TicketField.AssignedTo] };
        await _tickets.UpdateAsync(new TicketChange(given) { Assignee = new AssigneeChange(chosen.Id) }, Cancel);
        await AnalyseAsync(2, TicketType.Bug, TicketPriority.High, "go");

        Assert.Equal(AssignOutcome.Obsolete, await AssignAsync(2));

        Assert.Equal(chosen.Id, (await TicketAsync()).AssignedTo!.Id);
        Assert.Equal(0, (await _users.FindAsync(fitting.Id, Cancel))!.OpenTickets);
    }

    [Fact]
    public async Task Whoever_has_it_for_their_skills_keeps_it_whomever_a_later_analysis_finds()
    {
        var first = await AddAsync("first@example.org", "go");
        var second = await AddAsync("second@example.org", "sap");
        await _tickets.InsertIfAbsentAsync(_ticket, Cancel);
        await AnalyseAsync(1, TicketType.Bug, TicketPriority.High, "go");
        await AssignAsync(1);
        Assert.Equal(first.Id, (await TicketAsync()).AssignedTo!.Id);

        await AnalyseAsync(2, TicketType.Billing, TicketPriority.High, "sap");

        // And is told, unless they have been: the first triage may have been killed after its claim.
        Assert.Equal(AssignOutcome.Assigned, await AssignAsync(2));
        Assert.Equal(first.Id, (await TicketAsync()).AssignedTo!.Id);
        Assert.Equal(0, (await _users.FindAsync(second.Id, Cancel))!.OpenTickets);
    }

    [Fact]
    public async Task An_admin_who_has_it_because_nobody_fitted_loses_it_to_whom_a_later_analysis_finds()
    {
        var admin = await AddAsync("admin@example.org", Role.Admin);
        var fitting = await AddAsync("fitting@example.org", "sap");
        await _tickets.InsertIfAbsentAsync(_ticket, Cancel);
        await AnalyseAsync(1, TicketType.Bug, TicketPriority.High, "go");
        await AssignAsync(1);
        Assert.Equal(admin.Id, (await TicketAsync()).AssignedTo!.Id);

        await AnalyseAsync(2, TicketType.Billing, TicketPriority.High, "sap");

        Assert.Equal(AssignOutcome.Assigned, await AssignAsync(2));
        Assert.Equal(fitting.Id, (await TicketAsync()).AssignedTo!.Id);
        Assert.Equal(0, (await _users.FindAsync(admin.Id, Cancel))!.OpenTickets);
    }

    [Fact]
    public async Task Whoever_gave_it_back_is_passed_over_until_only_they_are_left()
    {
        var moderator = await AddAsync("mod@example.org", "go");
        var admin = await AddAsync("admin@example.org", Role.Admin);
        await _tickets.InsertIfAbsentAsync(_ticket with { ReleasedBy = [moderator.Id] }, Cancel);
        await AnalyseAsync(1, TicketType.Bug, TicketPriority.High, "go");

        await AssignAsync(1);
        Assert.Equal(admin.Id, (await TicketAsync()).AssignedTo!.Id);

        var back = await TicketAsync() with { ReleasedBy = [moderator.Id, admin.Id] };
        await _tickets.UpdateAsync(new TicketChange(back) { Assignee = new AssigneeChange(null) }, Cancel);
        await AssignAsync(1);
        Assert.Equal(admin.Id, (await TicketAsync()).AssignedTo!.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<Ticket> TicketAsync() => (await _tickets.FindAsync(_ticket.Id, null, Cancel))!;

    private Task<User> AddAsync(string email, params string[] skills) => AddAsync(email, Role.Moderator, skills);

    private async Task<User> AddAsync(string email, Role role, params string[] skills)
    {
        var user = new User { Id = Guid.CreateVersion7(), Email = email, Name = email, PasswordHash = "", Role = role, Skills = skills, CreatedAt = Now };
        await _users.InsertIfAbsentAsync(user, Cancel);
        return user;
    }

    private async Task AnalyseAsync(int revision, TicketType type, TicketPriority priority, params string[] skills)
    {
        using var telemetry = new TriageTelemetry(new ModelGate(new ModelGateOptions(), TimeProvider.System, NullLogger<ModelGate>.Instance));
        await new AnalysisRecorder(_tickets, telemetry, new AcknowledgementLimits(), TimeProvider.System).SaveAsync(
            new TriageKey(_ticket.Id, revision),
            new TicketAnalysis("because", "summary", type, priority, skills, "notes", "en", "calm", 0.9),
            new TicketTriage { State = TriageState.Succeeded, Source = TriageSource.Gemini, Model = "m-1", Reason = "because" },
            confirmBelow: null,
            Cancel);
    }

    private Task<AssignOutcome> AssignAsync(int revision) =>
        new AssignTicket(_tickets, new TeamDirectory(_users), new WaitLimits(), new AcknowledgementLimits(), TimeProvider.System)
            .RunAsync(new TriageKey(_ticket.Id, revision), new Moq.Mock<DurableTaskClient>("test").Object, Cancel);
}
