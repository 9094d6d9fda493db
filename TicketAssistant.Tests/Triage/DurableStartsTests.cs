using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;
using TicketAssistant.Functions.Triage;
using Xunit;

namespace TicketAssistant.Tests.Triage;

public sealed class DurableStartsTests
{
    private readonly Mock<DurableTaskClient> _durable = new("test");

    [Fact]
    public async Task Whatever_keeps_one_from_being_scheduled_is_told_as_one_exception_in_both_flavours()
    {
        Scheduling().ThrowsAsync(new IOException("disk full"));

        var failure = await Assert.ThrowsAsync<DurableUnavailableException>(() => _durable.Object.StartUnlessRunningAsync("Some", "some-1", null));

        Assert.IsType<IOException>(failure.InnerException);
    }

    [Fact]
    public async Task One_that_is_under_way_is_no_failure()
    {
        Scheduling().ThrowsAsync(new OrchestrationAlreadyExistsException("some-1"));

        await _durable.Object.StartUnlessRunningAsync("Some", "some-1", null);

        _durable.VerifyAll();
    }

    private Moq.Language.Flow.ISetup<DurableTaskClient, Task<string>> Scheduling() => _durable.Setup(d => d.ScheduleNewOrchestrationInstanceAsync(
        It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()));
}
