using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Model;

public sealed class ModelAnalyzerTests
{
    [Fact]
    public async Task Good_answer_becomes_an_analysis_with_one_request()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Good("incident", "urgent", "postgresql", "Cobol"));

        var outcome = Assert.IsType<ModelOutcome.Succeeded>(await bench.AskAsync());

        Assert.Equal(TicketType.Incident, outcome.Analysis.Type);
        Assert.Equal(TicketPriority.Urgent, outcome.Analysis.Priority);
        Assert.Equal(["PostgreSQL", "Cobol"], outcome.Analysis.RequiredSkills);
        Assert.Equal("gemini-test-001", outcome.Model);
        Assert.Equal(120, outcome.InputTokens);
        Assert.Equal(40, outcome.OutputTokens);
        Assert.Single(bench.Server.Requests);
    }

    [Theory]
    [InlineData("malformed")]
    [InlineData("unknown type")]
    public async Task Unusable_answer_is_repaired_once(string kind)
    {
        var first = kind == "malformed" ? FakeModelReply.Malformed : FakeModelReply.Good("outage");
        await using var bench = await ModelBench.StartAsync(first, FakeModelReply.Good());

        var outcome = Assert.IsType<ModelOutcome.Succeeded>(await bench.AskAsync());

        Assert.Equal(240, outcome.InputTokens);
        Assert.Equal(2, bench.Server.Requests.Count);
        var repair = bench.Server.Requests[1];
        Assert.Equal(["system", "user", "assistant", "user"], repair.Roles);
        Assert.Contains(kind == "malformed" ? "well-formed JSON" : "\"type\" is none of other, bug", repair.Message(3));
    }

    [Fact]
    public async Task Answer_that_stays_malformed_is_refused_after_one_repair()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Malformed, FakeModelReply.Good("outage"));

        var outcome = Assert.IsType<ModelOutcome.Refused>(await bench.AskAsync());

        Assert.Contains("malformed answer after one repair", outcome.Reason);
        Assert.Equal(2, bench.Server.Requests.Count);
    }

    [Fact]
    public async Task Cut_answer_is_asked_for_again_with_a_larger_limit()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Cut, FakeModelReply.Good());

        Assert.IsType<ModelOutcome.Succeeded>(await bench.AskAsync());

        var limits = bench.Server.Requests.Select(r => r.Body.GetProperty("max_completion_tokens").GetInt32()).ToList();
        Assert.Equal(2, limits.Count);
        Assert.True(limits[1] > limits[0]);
        Assert.Equal(["system", "user"], bench.Server.Requests[1].Roles);
    }

    [Fact]
    public async Task Answer_that_is_cut_twice_is_refused()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Cut, FakeModelReply.Cut);

        Assert.IsType<ModelOutcome.Refused>(await bench.AskAsync());
        Assert.Equal(2, bench.Server.Requests.Count);
    }

    [Fact]
    public async Task Empty_answer_is_retried_later_and_not_repaired()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Empty);

        Assert.IsType<ModelOutcome.Retry>(await bench.AskAsync());
        Assert.Single(bench.Server.Requests);
    }

    [Theory]
    [InlineData("46s", false, 46)]
    [InlineData("46s", true, 46)]
    [InlineData("3.5s", true, 3.5)]
    [InlineData("86400s", false, 86_400)]
    public async Task Quota_error_tells_how_long_to_wait(string delay, bool inArray, double seconds)
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Quota(delay, inArray));

        var outcome = Assert.IsType<ModelOutcome.Retry>(await bench.AskAsync());

        Assert.Equal(TimeSpan.FromSeconds(seconds), outcome.RetryAfter);
        Assert.Contains("429 (quota), retry in", outcome.Reason);
        Assert.Single(bench.Server.Requests);
    }

    [Fact]
    public async Task Quota_error_without_a_delay_leaves_the_wait_open()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Quota(null));

        Assert.Null(Assert.IsType<ModelOutcome.Retry>(await bench.AskAsync()).RetryAfter);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("Mon, 23 Nov 2026 12:00:30 GMT")]
    public async Task Retry_After_header_is_honoured_in_both_forms(string value)
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Error(429) with { RetryAfter = value });

        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<ModelOutcome.Retry>(await bench.AskAsync()).RetryAfter);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Passing_failure_is_a_retry_and_the_client_itself_does_not_retry(int status)
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Server.Otherwise = _ => FakeModelReply.Error(status);

        Assert.IsType<ModelOutcome.Retry>(await bench.AskAsync());
        Assert.Single(bench.Server.Requests);
        Assert.Null(bench.Health.ConfigurationError);
    }

    [Theory]
    [InlineData(401, "Gemini__ApiKey")]
    [InlineData(402, "Gemini__ApiKey")]
    [InlineData(403, "Gemini__ApiKey")]
    [InlineData(404, "Gemini__Model")]
    public async Task Configuration_error_names_the_setting_and_reaches_readiness(int status, string setting)
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Error(status));

        var outcome = Assert.IsType<ModelOutcome.Misconfigured>(await bench.AskAsync());

        Assert.Contains(setting, outcome.Reason);
        Assert.Equal(outcome.Reason, bench.Health.ConfigurationError);
        Assert.Single(bench.Server.Requests);
    }

    [Fact]
    public async Task Wrong_key_that_Google_reports_as_400_is_a_configuration_error()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.GoogleError(
            400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", inArray: true));

        Assert.Contains("Gemini__ApiKey", Assert.IsType<ModelOutcome.Misconfigured>(await bench.AskAsync()).Reason);
    }

    [Fact]
    public async Task Region_without_service_is_a_configuration_error()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.GoogleError(
            400, "FAILED_PRECONDITION", "User location is not supported for the API use."));

        Assert.IsType<ModelOutcome.Misconfigured>(await bench.AskAsync());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Refused_request_is_final(int status)
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Error(status));

        Assert.Contains($"({status})", Assert.IsType<ModelOutcome.Refused>(await bench.AskAsync()).Reason);
        Assert.Single(bench.Server.Requests);
    }

    [Fact]
    public async Task Success_clears_the_configuration_error()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Error(401), FakeModelReply.Good());

        await bench.AskAsync();
        Assert.NotNull(bench.Health.ConfigurationError);
        await bench.AskAsync();

        Assert.Null(bench.Health.ConfigurationError);
    }

    [Fact]
    public async Task Answer_withheld_by_the_content_filter_is_refused()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Blocked);

        Assert.Contains("withheld", Assert.IsType<ModelOutcome.Refused>(await bench.AskAsync()).Reason);
        Assert.Single(bench.Server.Requests);
    }

    [Fact]
    public async Task Blocked_prompt_without_choices_is_refused()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.NoChoices);

        Assert.Contains("withheld", Assert.IsType<ModelOutcome.Refused>(await bench.AskAsync()).Reason);
        Assert.Single(bench.Server.Requests);
    }

    [Fact]
    public async Task Finish_reason_of_Geminis_own_is_refused()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Answer(null, "content_filter: PROHIBITED_CONTENT"));

        Assert.Contains("withheld", Assert.IsType<ModelOutcome.Refused>(await bench.AskAsync()).Reason);
    }

    [Theory]
    [InlineData("<html>Welcome to the hotel network</html>")]
    [InlineData("""{"hello":"world"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Reply_that_is_no_chat_completion_never_throws(string body)
    {
        await using var bench = await ModelBench.StartAsync(new FakeModelReply { Body = body });

        Assert.True(await bench.AskAsync() is ModelOutcome.Retry or ModelOutcome.Refused);
        Assert.Single(bench.Server.Requests);
    }

    [Fact]
    public async Task Broken_connection_is_a_retry()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Broken);

        Assert.Contains("could not be reached", Assert.IsType<ModelOutcome.Retry>(await bench.AskAsync()).Reason);
        Assert.Single(bench.Server.Requests);
    }

    [Fact]
    public async Task Server_that_is_down_is_a_retry()
    {
        await using var bench = await ModelBench.StartAsync();
        await bench.Server.DisposeAsync();

        Assert.IsType<ModelOutcome.Retry>(await bench.AskAsync());
    }

    [Fact]
    public async Task Silent_server_is_left_when_the_time_is_up()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Silence(TimeSpan.FromMinutes(5)));

        var asking = bench.AskAsync();
        await bench.Server.FirstRequest.WaitAsync(TimeSpan.FromSeconds(30));
        bench.Time.Advance(TimeSpan.FromSeconds(20));
        var outcome = Assert.IsType<ModelOutcome.Retry>(await asking);

        Assert.Contains("no answer within 20 s", outcome.Reason);
        await bench.Server.ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(bench.Server.Requests);
    }

    [Fact]
    public async Task Cancellation_by_the_caller_is_thrown()
    {
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Silence(TimeSpan.FromMinutes(5)));
        using var cancellation = new CancellationTokenSource();

        var asking = bench.AskAsync(cancellationToken: cancellation.Token);
        await bench.Server.FirstRequest.WaitAsync(TimeSpan.FromSeconds(30));
        await cancellation.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        await bench.Server.ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Hostile_answer_leaves_nothing_but_closed_lists_skills_and_cleaned_text()
    {
        var answer = FakeModelReply.Analysis("billing", "low", "Kubernetes", "Astrology", "boss@example.com", "https://evil.example");
        answer["assignee"] = "mallory@example.com";
        answer["role"] = "admin";
        answer["helpfulNotes"] = "Hand it to Mallory (mallory@example.com) or [click here](https://evil.example/x). role=admin";
        await using var bench = await ModelBench.StartAsync(FakeModelReply.Answer(answer.ToJsonString()));

        var analysis = Assert.IsType<ModelOutcome.Succeeded>(await bench.AskAsync()).Analysis;

        Assert.Equal(["Kubernetes", "Astrology"], analysis.RequiredSkills);
        Assert.Equal("Hand it to Mallory (‹address removed›) or [click here]. role=admin", analysis.HelpfulNotes);
        Assert.Single(bench.Server.Requests);
    }

    [Fact]
    public async Task Neither_the_key_nor_the_ticket_reaches_a_log_or_a_reason()
    {
        FakeModelReply Echo(RecordedModelRequest request) => new()
        {
            Status = 400,
            Body = $$$"""{"error":{"message":"{{{ModelBench.Key}}} XYZZY-secret","status":"INVALID_ARGUMENT","code":400}}""",
        };
        await using var bench = await ModelBench.StartAsync(
            FakeModelReply.Good(), FakeModelReply.Malformed, FakeModelReply.Malformed, FakeModelReply.Error(401), FakeModelReply.Quota("46s"));
        bench.Server.Otherwise = Echo;

        var outcomes = new List<ModelOutcome>();
        for (var i = 0; i < 5; i++) outcomes.Add(await bench.AskAsync("XYZZY-secret", "XYZZY-secret"));

        var texts = bench.Log.Entries.Concat(bench.HealthLog.Entries).Select(e => e.Text)
            .Concat(outcomes.Select(o => o.ToString()))
            .Append(bench.Options.ToString())
            .ToList();
        Assert.Equal(5, bench.Log.Entries.Count + bench.HealthLog.Entries.Count);
        Assert.All(texts, text => Assert.DoesNotContain(ModelBench.Key, text));
        Assert.All(texts, text => Assert.DoesNotContain("XYZZY", text));
    }
}
