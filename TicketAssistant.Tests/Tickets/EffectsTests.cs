using DurableTask.Core.Exceptions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Tickets;

/// <summary>Pending effects are carried out at least once, whoever was interrupted, and struck out after.</summary>
public sealed class EffectsTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteStoreFile _file;
    private readonly SqliteTicketStore _tickets;
    private readonly Mock<DurableTaskClient> _durable = new("test");
    private readonly List<string> _started = [];
    private readonly Ticket _ticket = new()
    {
        Id = Guid.CreateVersion7(),
        Title = "Printer",
        Description = "It does not print.",
        CreatedBy = new PersonRef(Guid.NewGuid(), "rita@example.org", "Rita"),
        CreatedAt = DateTimeOffset.UtcNow,
        UpdatedAt = DateTimeOffset.UtcNow,
    };

    public EffectsTests()
    {
        _file = new SqliteStoreFile(_folder.File("tickets.db"));
        _tickets = new SqliteTicketStore(_file);
        Schedules().Callback((TaskName name, object? _, StartOrchestrationOptions? options, CancellationToken _) => _started.Add($"{name.Name} {options!.InstanceId}"))
            .ReturnsAsync("id");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EffectsKey Key => new(_ticket.Id, 2);

    [Fact]
    public async Task Each_is_started_under_its_own_name_and_struck_out()
    {
        var mail = await OweAsync();

        await new CarryOutEffects(_tickets, new AcknowledgementLimits()).RunAsync(Key, _durable.Object, Cancel);
        await new CarryOutEffects(_tickets, new AcknowledgementLimits()).RunAsync(Key, _durable.Object, Cancel);

        Assert.Equal([$"MailOrchestrator {mail.InstanceId}", "HandOutOrchestrator hand-out"], _started);
        Assert.Empty(await _tickets.ListEffectsAsync(Key, Cancel));
    }

    [Fact]
    public async Task What_could_not_be_started_stays_pending_and_nothing_before_it_does()
    {
        await OweAsync();
        Schedules(nameof(HandOutOrchestrator)).ThrowsAsync(new IOException("down"));

        var thrown = await Assert.ThrowsAsync<DurableUnavailableException>(() => new CarryOutEffects(_tickets, new AcknowledgementLimits()).RunAsync(Key, _durable.Object, Cancel));

        Assert.IsType<IOException>(thrown.InnerException);
        Assert.Equal([EffectKind.HandOut, EffectKind.Acted], (await _tickets.ListEffectsAsync(Key, Cancel)).Select(e => e.Kind));
    }

    [Fact]
    public async Task What_runs_already_counts_as_started()
    {
        await OweAsync();
        Schedules().ThrowsAsync(new OrchestrationAlreadyExistsException("there"));

        await new CarryOutEffects(_tickets, new AcknowledgementLimits()).RunAsync(Key, _durable.Object, Cancel);

        Assert.Empty(await _tickets.ListEffectsAsync(Key, Cancel));
    }

    [Fact]
    public async Task The_timer_takes_up_what_was_left_and_nothing_that_is_young()
    {
        await OweAsync();
        var timer = new TimerInfo();

        await new LeftoverEffectsTimer(_tickets, new Later(TimeSpan.FromSeconds(10))).RunAsync(timer, _durable.Object, Cancel);
        Assert.Empty(_started);
        await new LeftoverEffectsTimer(_tickets, new Later(TimeSpan.FromSeconds(20))).RunAsync(timer, _durable.Object, Cancel);
        Assert.Equal([$"EffectsOrchestrator effects-{_ticket.Id}-2"], _started);
    }

    [Fact]
    public async Task A_change_stands_when_its_effects_cannot_be_started()
    {
        Schedules().ThrowsAsync(new IOException("down"));

        await _durable.Object.TryStartEffectsAsync(new TicketChange(_ticket) { Effects = [new TicketEffect(0, EffectKind.HandOut)] }, NullLogger.Instance);
        _durable.Verify(d => d.ScheduleNewOrchestrationInstanceAsync(
            It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<MailKey> OweAsync()
    {
        var mail = new MailKey(_ticket.Id, MailKind.Replied, _ticket.CreatedBy.Id, 2);
        await _tickets.InsertIfAbsentAsync(_ticket, Cancel);
        TicketEffect[] effects = [new(0, EffectKind.Mail, mail), new(1, EffectKind.HandOut), new(2, EffectKind.Acted)];
        Assert.Equal(UpdateResult.Updated, await _tickets.UpdateAsync(new TicketChange(_ticket) { Effects = effects }, Cancel));
        return mail;
    }

    private Moq.Language.Flow.ISetup<DurableTaskClient, Task<string>> Schedules(string? orchestrator = null) => _durable.Setup(d => d.ScheduleNewOrchestrationInstanceAsync(
        It.Is<TaskName>(name => orchestrator == null || name.Name == orchestrator), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()));

    /// <summary>A clock ahead of the system's.</summary>
    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
