using Microsoft.DurableTask;
using Xunit;

namespace TicketAssistant.Tests.Api.DurableTask;

public sealed class RetryPolicyTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Defaults_wait_the_same_each_time_up_to_an_hour_and_retry_everything_for_ever()
    {
        var policy = new RetryPolicy(3, s_second);

        Assert.Equal(1.0, policy.BackoffCoefficient);
        Assert.Equal(TimeSpan.FromHours(1), policy.MaxRetryInterval);
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
        Assert.True(policy.HandleFailure(new TaskFailureDetails("Any", "", null, null, null)));
    }

    [Theory]
    [InlineData(0, 1, 1, 1, 1, "maxNumberOfAttempts")]
    [InlineData(1, 0, 1, 1, 1, "firstRetryInterval")]
    [InlineData(1, 1, 0.9, 1, 1, "backoffCoefficient")]
    [InlineData(1, 2, 1, 1, 2, "maxRetryInterval")]
    [InlineData(1, 2, 1, 2, 1, "retryTimeout")]
    public void A_value_outside_its_bounds_is_named(int attempts, int first, double backoff, int max, int timeout, string parameter)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => new RetryPolicy(attempts, s_second * first, backoff, s_second * max, s_second * timeout));

        Assert.Equal(parameter, exception.ParamName);
    }

    [Fact]
    public void Infinite_bounds_are_allowed()
    {
        var policy = new RetryPolicy(1, s_second, 2, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        Assert.Equal(Timeout.InfiniteTimeSpan, policy.MaxRetryInterval);
    }

    [Fact]
    public async Task A_plain_handler_becomes_an_asynchronous_one()
    {
        TaskRetryOptions options = new RetryHandler(context => context.LastAttemptNumber < 2);

        var failed = new RetryContext(null!, 1, new TaskFailureDetails("Any", "", null, null, null), s_second, default);
        Assert.True(await options.Handler!(failed));
        Assert.False(await options.Handler(failed with { LastAttemptNumber = 2 }));
        Assert.Null(options.Policy);
    }
}
