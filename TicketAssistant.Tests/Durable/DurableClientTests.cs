using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>What the durable client refuses, and that then nothing has happened.</summary>
public sealed class DurableClientTests : IAsyncDisposable
{
    private readonly EngineHarness _harness = new();

    [Theory]
    [InlineData("")]
    [InlineData("@one")]
    [InlineData("@")]
    [InlineData("/one")]
    [InlineData("\\one")]
    [InlineData("#one")]
    [InlineData("?one")]
    [InlineData("o/ne")]
    [InlineData("one\\")]
    [InlineData("one#")]
    [InlineData("one?")]
    [InlineData("one\n")]
    [InlineData("\tone")]
    [InlineData("o\u0000ne")]
    [InlineData("one\u007f")]
    [InlineData("one\u0085")]
    public async Task An_id_that_the_real_store_could_not_hold_is_refused_and_nothing_is_scheduled(string id)
    {
        _harness.Orchestrator("Echo", c => Task.FromResult<object?>(c.GetInput<int>())).Start();

        var e = await Assert.ThrowsAnyAsync<ArgumentException>(
            () => _harness.Client.ScheduleNewOrchestrationInstanceAsync("Echo", 1, new StartOrchestrationOptions(id)));

        Assert.Equal("id", e.ParamName);
        Assert.Equal(0, await _harness.Client.GetAllInstancesAsync().CountAsync());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("o@ne@")]
    [InlineData("one two:%*.'é")]
    public async Task Any_other_id_is_taken_as_it_is(string id)
    {
        _harness.Orchestrator("Echo", c => Task.FromResult<object?>(c.InstanceId)).Start();

        Assert.Equal(id, (await _harness.RunAsync("Echo", 1, id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_id_may_have_100_characters_and_no_more()
    {
        _harness.Orchestrator("Echo", c => Task.FromResult<object?>(c.InstanceId)).Start();
        var longest = new string('x', 100);

        Assert.Equal(longest, (await _harness.RunAsync("Echo", 1, longest)).InstanceId);
        await Assert.ThrowsAsync<ArgumentException>(() => _harness.RunAsync("Echo", 1, longest + "x"));

        Assert.Equal(1, await _harness.Client.GetAllInstancesAsync().CountAsync());
    }

    public static TheoryData<string> Calls =>
    [
        "schedule", "raise", "terminate", "suspend", "resume", "get", "wait for start", "wait for end", "purge", "purge all", "restart", "rewind", "list",
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_that_its_caller_has_given_up_does_nothing(string call)
    {
        _harness.Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("go"))
            .Orchestrator("Fails", _ => throw new InvalidOperationException("bad")).Start();
        await _harness.BeginAsync("Waits", id: "waits");
        await _harness.RunAsync("Fails", id: "fails");
        var givenUp = new CancellationToken(true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CallAsync(_harness.Client));

        var all = await _harness.Client.GetAllInstancesAsync().Select(m => $"{m.InstanceId} {m.RuntimeStatus}").ToListAsync();
        Assert.Equal(["waits Running", "fails Failed"], all);
        var waits = _harness.Engine.Store.Find("waits")!.Key;
        Assert.Empty(_harness.Engine.Store.LoadInbox(waits));
        Assert.Single(_harness.Engine.Store.Load(waits).Turns);

        async Task CallAsync(DurableTaskClient client)
        {
            switch (call)
            {
                case "schedule": await client.ScheduleNewOrchestrationInstanceAsync("Waits", cancellation: givenUp); break;
                case "raise": await client.RaiseEventAsync("waits", "go", "x", givenUp); break;
                case "terminate": await client.TerminateInstanceAsync("waits", null, givenUp); break;
                case "suspend": await client.SuspendInstanceAsync("waits", null, givenUp); break;
                case "resume": await client.ResumeInstanceAsync("waits", null, givenUp); break;
                case "get": await client.GetInstanceAsync("waits", givenUp); break;
                case "wait for start": await client.WaitForInstanceStartAsync("waits", givenUp); break;
                case "wait for end": await client.WaitForInstanceCompletionAsync("waits", givenUp); break;
                case "purge": await client.PurgeInstanceAsync("fails", null, givenUp); break;
                case "purge all": await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), null, givenUp); break;
                case "restart": await client.RestartAsync("fails", true, givenUp); break;
                case "rewind": await client.RewindInstanceAsync("fails", "", givenUp); break;
                default: await client.GetAllInstancesAsync().CountAsync(givenUp); break;
            }
        }
    }

    [Fact]
    public async Task An_event_without_a_name_is_refused()
    {
        _harness.Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("go")).Start();
        var id = await _harness.BeginAsync("Waits");

        await Assert.ThrowsAsync<ArgumentException>(() => _harness.Client.RaiseEventAsync(id, "", "x"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _harness.Client.RaiseEventAsync(id, null!, "x"));

        Assert.Empty(_harness.Engine.Store.LoadInbox(_harness.Engine.Store.Find(id)!.Key));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
