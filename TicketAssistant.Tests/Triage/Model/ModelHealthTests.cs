using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Triage.Model;

public sealed class ModelHealthTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ListLogger<ModelHealth> log = new();

    [Fact]
    public void Error_is_logged_at_most_once_a_minute()
    {
        var health = new ModelHealth(time, log);

        health.Report("first");
        time.Advance(TimeSpan.FromSeconds(59));
        health.Report("second");
        Assert.Single(log.Entries);
        time.Advance(TimeSpan.FromSeconds(1));
        health.Report("third");

        Assert.Equal(2, log.Entries.Count);
        Assert.Equal("third", health.ConfigurationError);
    }

    [Fact]
    public void Clearing_forgets_the_error_but_not_the_throttle()
    {
        var health = new ModelHealth(time, log);

        health.Report("first");
        health.Clear();
        Assert.Null(health.ConfigurationError);
        health.Report("second");

        Assert.Equal("second", health.ConfigurationError);
        Assert.Single(log.Entries);
    }

    [Fact]
    public void Parallel_reports_make_one_entry()
    {
        var health = new ModelHealth(time, log);

        Parallel.For(0, 100, i => health.Report($"error {i}"));

        Assert.Single(log.Entries);
    }
}
