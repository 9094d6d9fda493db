extern alias runtime;

using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using runtime::TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>Lists and purges over six instances, started an hour apart: a1 and a2 completed, b1 failed, b2 terminated, c1 and c2 running.</summary>
public sealed class SemanticsQueries : IAsyncLifetime
{
    private static readonly DateTimeOffset s_start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(s_start);
    private readonly EngineHarness _harness;

    public SemanticsQueries() => _harness = new EngineHarness { Time = _time }
        .Orchestrator("Done", c => { c.SetCustomStatus("ok"); return Task.FromResult<object?>(c.GetInput<string>()); })
        .Orchestrator("Fails", _ => throw new InvalidOperationException("bad"))
        .Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("go"));

    public static TheoryData<string, OrchestrationQuery, string> Filters => new()
    {
        { "all", new OrchestrationQuery(), "a1 a2 b1 b2 c1 c2" },
        { "from, itself included", new OrchestrationQuery(CreatedFrom: s_start.AddHours(4)), "c1 c2" },
        { "to, itself included", new OrchestrationQuery(CreatedTo: s_start.AddHours(1)), "a1 a2" },
        { "from and to", new OrchestrationQuery(s_start.AddHours(1), s_start.AddHours(3)), "a2 b1 b2" },
        { "a time with an offset", new OrchestrationQuery(CreatedTo: new DateTimeOffset(2030, 1, 1, 2, 0, 0, TimeSpan.FromHours(2))), "a1" },
        { "one status", new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed]), "b1" },
        { "two statuses", new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Terminated]), "b2 c1 c2" },
        { "no status is no filter", new OrchestrationQuery(Statuses: []), "a1 a2 b1 b2 c1 c2" },
        { "prefix", new OrchestrationQuery(InstanceIdPrefix: "c"), "c1 c2" },
        { "a prefix is no pattern", new OrchestrationQuery(InstanceIdPrefix: "%1"), "" },
        { "all together", new OrchestrationQuery(s_start, s_start.AddHours(4), [OrchestrationRuntimeStatus.Running], null, "c"), "c1" },
    };

    public async ValueTask InitializeAsync()
    {
        _harness.Start();
        foreach (var (id, name) in new[] { ("a1", "Done"), ("a2", "Done"), ("b1", "Fails"), ("b2", "Waits"), ("c1", "Waits"), ("c2", "Waits") })
        {
            await _harness.Client.ScheduleNewOrchestrationInstanceAsync(name, "in", new StartOrchestrationOptions(id) { Tags = new Dictionary<string, string> { ["id"] = id } });
            if (id == "b2") await _harness.Client.TerminateInstanceAsync(id, "out");
            if (name == "Waits" && id != "b2") await _harness.Client.WaitForInstanceStartAsync(id);
            else await _harness.EndOf(id);
            _time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_finds_what_it_names(string name, OrchestrationQuery query, string expected)
    {
        var found = await _harness.Client.GetAllInstancesAsync(query).Select(m => m.InstanceId).ToListAsync();

        Assert.True(expected == string.Join(' ', found), $"{name}: {string.Join(' ', found)}");
    }

    [Fact]
    public async Task Pages_follow_each_other_by_token_without_gap_or_repeat()
    {
        var found = new List<string>();
        string? token = null;
        do
        {
            await foreach (var page in _harness.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 4, ContinuationToken: token)).AsPages())
            {
                Assert.True(page.Values.Count <= 4);
                found.AddRange(page.Values.Select(m => m.InstanceId));
                token = page.ContinuationToken;
                break;
            }
        }
        while (token is not null);

        Assert.Equal(["a1", "a2", "b1", "b2", "c1", "c2"], found);
    }

    /// <param name="size">The query's page size.</param>
    /// <param name="seen">After how many instances the query's token goes on.</param>
    /// <param name="givenSize">The page size given with the call.</param>
    /// <param name="givenSeen">After how many instances the token given with the call goes on.</param>
    /// <param name="expected">The pages.</param>
    [Theory]
    [InlineData(4, null, null, null, "a1 a2 b1 b2|c1 c2")]
    [InlineData(3, 2, null, null, "b1 b2 c1|c2")]
    [InlineData(3, null, null, 2, "b1 b2 c1|c2")]
    [InlineData(3, 2, null, 4, "c1 c2")]
    [InlineData(3, 4, null, 2, "b1 b2 c1|c2")]
    [InlineData(2, null, 4, null, "a1 a2 b1 b2|c1 c2")]
    [InlineData(5, 1, 2, 3, "b2 c1|c2")]
    public async Task A_token_and_a_page_size_given_with_the_call_come_before_those_of_the_query(int size, int? seen, int? givenSize, int? givenSeen, string expected)
    {
        var query = new OrchestrationQuery(PageSize: size, ContinuationToken: await TokenAsync(seen));

        // A list that never ended would come back as one that is too long.
        var pages = await _harness.Client.GetAllInstancesAsync(query).AsPages(await TokenAsync(givenSeen), givenSize).Take(6).ToListAsync();

        Assert.Equal(expected, string.Join('|', pages.Select(page => string.Join(' ', page.Values.Select(m => m.InstanceId)))));

        async Task<string?> TokenAsync(int? after) =>
            after is null ? null : (await _harness.Client.GetAllInstancesAsync().AsPages(null, after).FirstAsync()).ContinuationToken;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_instance_comes_with_payloads_only_on_request_too(bool payloads)
    {
        var one = (await _harness.Client.GetInstanceAsync("a1", payloads))!;

        Assert.Equal(payloads ? "\"in\" \"in\" \"ok\"" : "  ", $"{one.SerializedInput} {one.SerializedOutput} {one.SerializedCustomStatus}");
    }

    [Fact]
    public async Task Without_tags_the_list_of_them_is_empty() => Assert.Empty((await _harness.RunAsync("Done", "in")).Tags);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Payloads_come_only_on_request_tags_always(bool payloads)
    {
        var first = await _harness.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: payloads)).FirstAsync();

        Assert.Equal(payloads ? "\"in\" \"in\" \"ok\"" : "  ", $"{first.SerializedInput} {first.SerializedOutput} {first.SerializedCustomStatus}");
        Assert.Equal("a1", first.Tags["id"]);
    }

    [Fact]
    public void The_newest_come_first_and_without_payloads()
    {
        var found = _harness.Engine.Store.ListNewest(new InstanceFilter(), null, long.MaxValue, 10);

        Assert.Equal(["c2", "c1", "b2", "b1", "a2", "a1"], found.Select(row => row.Id));
        Assert.All(found, row => Assert.Equal((null, null, null), (row.Input, row.Output, row.CustomStatus)));
    }

    [Fact]
    public async Task A_token_of_somewhere_else_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await _harness.Client.GetAllInstancesAsync(new OrchestrationQuery(ContinuationToken: "x")).CountAsync());

    [Theory]
    [InlineData(0, 9, null, 4)]
    [InlineData(1, 2, null, 2)]
    [InlineData(0, 9, OrchestrationRuntimeStatus.Failed, 1)]
    [InlineData(0, 9, OrchestrationRuntimeStatus.Running, 0)]
    public async Task A_purge_takes_ended_instances_that_the_filter_finds(int from, int to, OrchestrationRuntimeStatus? status, int purged)
    {
        var result = await _harness.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(s_start.AddHours(from), s_start.AddHours(to), status is { } s ? [s] : null));

        Assert.Equal(purged, result.PurgedInstanceCount);
        Assert.Equal(6 - purged, await _harness.Client.GetAllInstancesAsync().CountAsync());
    }

    [Theory]
    [InlineData(-1, OrchestrationRuntimeStatus.Completed)]
    [InlineData(0, OrchestrationRuntimeStatus.Completed)]
    [InlineData(1, OrchestrationRuntimeStatus.Pending)]
    public async Task A_start_time_holds_an_instance_back_unless_it_has_passed(int hours, OrchestrationRuntimeStatus status)
    {
        var id = await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Done", "x", new StartOrchestrationOptions(null, _time.GetUtcNow().AddHours(hours)));

        await _harness.UntilStatus(id, status);
        _time.Advance(TimeSpan.FromHours(2));
        await _harness.EndOf(id);
    }

    [Fact]
    public async Task A_start_that_is_held_back_can_be_terminated_before()
    {
        var id = await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Done", "x", new StartOrchestrationOptions(null, _time.GetUtcNow().AddHours(1)));

        await _harness.Client.TerminateInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await _harness.EndOf(id)).RuntimeStatus);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
