using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage;
using Xunit;

namespace TicketAssistant.Tests.Tickets;

/// <summary>What happens when the durable engine or the store is away while a ticket is posted.</summary>
public sealed class TicketIntakeTests
{
    private static readonly CreateTicketRequest Request = new("Title", "Text");

    private readonly User _user = new() { Id = Guid.NewGuid(), Email = "a@example.com", Name = "A", PasswordHash = "", CreatedAt = DateTimeOffset.UtcNow };
    private readonly Mock<ITicketStore> _store = new();
    private readonly Mock<DurableTaskClient> _durable = new("test");

    [Fact]
    public async Task When_scheduling_fails_the_ticket_is_not_accepted_and_not_stored()
    {
        Schedules().ThrowsAsync(new IOException("down"));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => AcceptAsync("key"));

        Assert.Equal(503, problem.Status);
        Assert.Contains("Idempotency-Key", problem.Detail, StringComparison.Ordinal);
        _store.Verify(s => s.InsertIfAbsentAsync(It.IsAny<Ticket>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Fact]
    public async Task Once_scheduled_it_is_accepted_whatever_the_store_says()
    {
        TriageInput? scheduled = null;
        Schedules().Callback((TaskName _, object? input, StartOrchestrationOptions? _, CancellationToken _) => scheduled = (TriageInput?)input).ReturnsAsync("id");
        _store.Setup(s => s.InsertIfAbsentAsync(It.IsAny<Ticket>(), It.IsAny<CancellationToken>())).ThrowsAsync(new StoreUnavailableException("down"));

        var (ticket, isNew) = await AcceptAsync(null);

        Assert.True(isNew);
        Assert.Equal(ticket, scheduled!.Ticket);
        Assert.Equal("Text", ticket.Description);
    }

    [Fact]
    public async Task A_repeated_key_is_found_among_the_instances_while_the_store_has_not_got_it_yet()
    {
        var earlier = new Ticket
        {
            Id = TicketId.For(_user.Id, "key"),
            Title = "Title",
            Description = "Text",
            CreatedBy = new PersonRef(_user.Id, _user.Email, _user.Name),
            CreatedAt = DateTimeOffset.UtcNow,
            UpdatedAt = DateTimeOffset.UtcNow,
        };
        Finds(earlier);

        var (ticket, isNew) = await AcceptAsync("key");
        var problem = await Assert.ThrowsAsync<ProblemException>(() => AcceptAsync("key", new CreateTicketRequest("Title", "Another text")));

        Assert.False(isNew);
        Assert.Equal(earlier.Id, ticket.Id);
        Assert.Equal(422, problem.Status);
        _durable.Verify(
            d => d.ScheduleNewOrchestrationInstanceAsync(It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()),
            Times.Never);
    }

    [Fact]
    public async Task The_loser_of_a_race_for_one_key_gets_the_winner_s_ticket()
    {
        Schedules().Callback(() => Finds(new Ticket
        {
            Id = TicketId.For(_user.Id, "key"),
            Title = "Title",
            Description = "Text",
            CreatedBy = new PersonRef(_user.Id, _user.Email, _user.Name),
            CreatedAt = DateTimeOffset.UtcNow,
            UpdatedAt = DateTimeOffset.UtcNow,
        })).ThrowsAsync(new OrchestrationAlreadyExistsException("there"));

        Assert.False((await AcceptAsync("key")).IsNew);
    }

    private Task<(Ticket Ticket, bool IsNew)> AcceptAsync(string? key, CreateTicketRequest? request = null) =>
        new TicketIntake(_store.Object, new TriageOptions(), TimeProvider.System, NullLogger<TicketIntake>.Instance)
            .AcceptAsync(_user, request ?? Request, key, _durable.Object, CancellationToken.None);

    private Moq.Language.Flow.ISetup<DurableTaskClient, Task<string>> Schedules() => _durable.Setup(d => d.ScheduleNewOrchestrationInstanceAsync(
        It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()));

    private void Finds(Ticket ticket) => _durable
        .Setup(d => d.GetInstanceAsync($"triage-{ticket.Id}-1", true, It.IsAny<CancellationToken>()))
        .ReturnsAsync(new OrchestrationMetadata(nameof(TriageOrchestrator), $"triage-{ticket.Id}-1")
        {
            DataConverter = JsonDataConverter.Default,
            SerializedInput = JsonDataConverter.Default.Serialize(new TriageInput(ticket, 1, new TriageOptions())),
        });
}
