using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Xunit;

namespace TicketAssistant.Tests.Api.DurableTask;

public sealed class OptionsAndPagesTests
{
    private enum Mood
    {
        Calm,
        Angry,
    }

    [Fact]
    public void Names_and_versions_that_differ_in_case_are_equal()
    {
        Assert.Equal<TaskName>("AnalyzeTicket", "analyzeticket");
        Assert.Equal(new TaskName("A").GetHashCode(), new TaskName("a").GetHashCode());
        Assert.NotEqual<TaskName>("A", "B");
        Assert.Equal(TaskVersion.Unversioned, new TaskVersion(""));
        Assert.Throws<ArgumentException>(() => new TaskVersion(" "));
    }

    [Fact]
    public void Sub_orchestration_options_keep_what_they_are_made_from()
    {
        var policy = new RetryPolicy(2, TimeSpan.FromSeconds(1));
        TaskOptions general = TaskOptions.FromRetryPolicy(policy) with { Version = "2" };

        SubOrchestrationOptions options = general.WithInstanceId("child-1");

        Assert.Equal("child-1", options.InstanceId);
        Assert.Same(policy, options.Retry!.Policy);
        Assert.Equal("2", options.Version!.Value.Version);
        Assert.Equal("child-1", new SubOrchestrationOptions((TaskOptions)options).InstanceId);
    }

    [Fact]
    public void Dedupe_statuses_are_added_to_a_copy_that_keeps_the_rest()
    {
        var start = new StartOrchestrationOptions("triage-1", DateTimeOffset.UnixEpoch) { Version = "1" };

        StartOrchestrationOptions deduped = start.WithDedupeStatuses(OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running);

        Assert.Equal(["Pending", "Running"], deduped.DedupeStatuses!);
        Assert.Equal(("triage-1", DateTimeOffset.UnixEpoch, "1"), (deduped.InstanceId, deduped.StartAt, deduped.Version!.Value.Version));
        Assert.Null(start.DedupeStatuses);
    }

    [Fact]
    public void Stored_values_have_the_source_s_names_and_numbers_for_enums()
    {
        string? text = JsonDataConverter.Default.Serialize(new Note("hello", Mood.Angry));

        Assert.Equal("""{"Text":"hello","Mood":1}""", text);
        Assert.Equal(new Note("hi", Mood.Calm), JsonDataConverter.Default.Deserialize<Note>("""{"text":"hi","mood":0}"""));
        Assert.Null(JsonDataConverter.Default.Serialize(null));
        Assert.Equal(0, JsonDataConverter.Default.Deserialize<int>(null));
    }

    [Fact]
    public async Task All_pages_are_fetched_one_after_the_other()
    {
        List<string?> asked = [];
        AsyncPageable<int> pageable = Pageable.Create((token, _) =>
        {
            asked.Add(token);
            return Task.FromResult(token is null ? new Page<int>([1, 2], "more") : new Page<int>([3]));
        });

        Assert.Equal([1, 2, 3], await pageable.ToListAsync());
        Assert.Equal([null, "more"], asked);
    }

    [Fact]
    public void Reading_an_output_that_was_not_fetched_is_refused()
    {
        var bare = new OrchestrationMetadata("Triage", "triage-1") { SerializedOutput = "5" };
        var fetched = new OrchestrationMetadata("Triage", "triage-1") { SerializedOutput = "5", DataConverter = JsonDataConverter.Default };

        Assert.Throws<InvalidOperationException>(() => bare.ReadOutputAs<int>());
        Assert.Equal(5, fetched.ReadOutputAs<int>());
    }

    private sealed record Note(string Text, Mood Mood);
}
