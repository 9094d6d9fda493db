using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Model;

public sealed class ModelGateTests
{
    private static readonly ModelOutcome Good = new ModelOutcome.Succeeded(
        new TicketAnalysis("", "s", TicketType.Bug, TicketPriority.Low, [], "", null, null, 1), "m", 1, 1, TimeSpan.Zero);

    private static readonly ModelOutcome Down = new ModelOutcome.Retry("It answered 500.");

    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger<ModelGate> _log = new();

    [Fact]
    public void No_more_than_the_limit_are_let_in_and_a_place_that_is_left_is_free_again()
    {
        var gate = Gate(concurrency: 2);
        var first = Admitted(gate);
        var second = Admitted(gate);

        var full = Assert.IsType<ModelEntry.Full>(gate.Enter());
        Assert.InRange(full.RetryAfter.TotalSeconds, 0.5, 1.5);

        first.Dispose();
        first.Dispose();
        using var third = Admitted(gate);
        Assert.IsType<ModelEntry.Full>(gate.Enter());
        second.Dispose();
        Assert.Equal(1, gate.InFlight);
    }

    [Fact]
    public async Task Under_contention_the_limit_holds()
    {
        var gate = Gate(concurrency: 3);
        var (inside, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                if (gate.Enter() is not ModelEntry.Admitted admitted) continue;
                var now = Interlocked.Increment(ref inside);
                for (var seen = most; now > seen; seen = most) Interlocked.CompareExchange(ref most, now, seen);
                Interlocked.Decrement(ref inside);
                admitted.Pass.Dispose();
            }
        })));

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, gate.InFlight);
    }

    [Fact]
    public void After_failures_in_a_row_it_opens_and_says_why()
    {
        var gate = Gate(failures: 3);
        Ask(gate, Down, Down, Good, Down, Down);
        Assert.False(gate.IsOpen);

        Ask(gate, Down);

        Assert.True(gate.IsOpen);
        Assert.Contains("3 failures in a row, the last one: It answered 500.", Assert.IsType<ModelEntry.Open>(gate.Enter()).Reason);
        Assert.Single(_log.Entries);
    }

    [Fact]
    public void A_refusal_of_one_ticket_is_no_failure()
    {
        var gate = Gate(failures: 2);
        Ask(gate, Down, new ModelOutcome.Refused("blocked"), Down);
        Assert.False(gate.IsOpen);
    }

    [Fact]
    public void A_wrong_setting_opens_it_at_once()
    {
        var gate = Gate(failures: 5);
        Ask(gate, new ModelOutcome.Misconfigured("401"));
        Assert.Contains("1 failure, the last one: 401", Assert.IsType<ModelEntry.Open>(gate.Enter()).Reason);
    }

    [Fact]
    public void After_the_pause_one_tries_and_the_others_do_without()
    {
        var gate = Gate(failures: 1, seconds: 30);
        Ask(gate, Down);
        _time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.IsType<ModelEntry.Open>(gate.Enter());
        _time.Advance(TimeSpan.FromSeconds(0.1));

        using var probe = Admitted(gate);

        Assert.IsType<ModelEntry.Open>(gate.Enter());
        Assert.IsType<ModelEntry.Open>(gate.Enter());
    }

    [Fact]
    public void A_trial_that_fails_keeps_it_open_and_one_that_works_closes_it()
    {
        var gate = Gate(failures: 1, seconds: 30);
        Ask(gate, Down);
        _time.Advance(TimeSpan.FromSeconds(30));
        Ask(gate, Down);
        Assert.IsType<ModelEntry.Open>(gate.Enter());
        _time.Advance(TimeSpan.FromSeconds(30));
        Ask(gate, Good);

        Assert.False(gate.IsOpen);
        using var first = Admitted(gate);
        using var second = Admitted(gate);
        Assert.Contains(_log.Entries, e => e.Text.Contains("answers again", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trial_that_is_broken_off_lets_another_one_try()
    {
        var gate = Gate(failures: 1, seconds: 30);
        Ask(gate, Down);
        _time.Advance(TimeSpan.FromSeconds(30));
        Admitted(gate).Dispose();

        using var next = Admitted(gate);
    }

    [Fact]
    public void What_was_under_way_when_it_opened_prolongs_nothing_but_a_success_of_it_counts()
    {
        var gate = Gate(failures: 1, seconds: 30);
        var (slow, slower) = (Admitted(gate), Admitted(gate));
        Ask(gate, Down);
        _time.Advance(TimeSpan.FromSeconds(20));
        slow.Report(Down);
        slow.Dispose();
        Assert.Single(_log.Entries);
        Assert.IsType<ModelEntry.Open>(gate.Enter());

        slower.Report(Good);
        slower.Dispose();

        Assert.False(gate.IsOpen);
    }

    [Theory]
    [InlineData(5, 30)]
    [InlineData(120, 120)]
    [InlineData(86_400, 600)]
    public void A_server_that_asks_for_a_longer_pause_gets_it_up_to_ten_minutes(int asked, int pause)
    {
        var gate = Gate(failures: 1, seconds: 30);
        Ask(gate, new ModelOutcome.Retry("quota", TimeSpan.FromSeconds(asked)));
        _time.Advance(TimeSpan.FromSeconds(pause - 1));
        Assert.IsType<ModelEntry.Open>(gate.Enter());
        _time.Advance(TimeSpan.FromSeconds(1));
        using var probe = Admitted(gate);
    }

    private ModelGate Gate(int concurrency = 16, int failures = 5, int seconds = 30) =>
        new(new ModelGateOptions { Concurrency = concurrency, Failures = failures, Seconds = seconds }, _time, _log);

    private static ModelPass Admitted(ModelGate gate) => Assert.IsType<ModelEntry.Admitted>(gate.Enter()).Pass;

    private static void Ask(ModelGate gate, params ModelOutcome[] outcomes)
    {
        foreach (var outcome in outcomes)
        {
            using var pass = Admitted(gate);
            pass.Report(outcome);
        }
    }
}
