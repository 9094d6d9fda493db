namespace TicketAssistant.Functions.Limits;

/// <summary>The attempts under one key, as a store keeps them.</summary>
/// <param name="Count">Attempts since the last good one, or since they were forgotten.</param>
/// <param name="LastAt">When the last one was.</param>
/// <param name="WaitUntil">Until when there may be no other; null for no wait.</param>
/// <param name="TrustedUntil">Until when the key counts as trusted; null for never.</param>
internal sealed record AttemptState(int Count, DateTimeOffset LastAt, DateTimeOffset? WaitUntil, DateTimeOffset? TrustedUntil)
{
    /// <summary>
    /// The state after an attempt, what comes of it, and whether waiting begins with it. An attempt counts as failed when it
    /// begins, so that many at once don't slip through.
    /// </summary>
    public static (AttemptState State, AttemptResult Result, bool Begins) Next(AttemptState? state, AttemptRule rule, DateTimeOffset at)
    {
        var trusted = state?.TrustedUntil > at;
        if (state?.WaitUntil > at) return (state, new AttemptResult(state.WaitUntil - at, trusted), false);
        var count = state is null || state.LastAt + rule.Memory <= at ? 1 : state.Count + 1;
        var wait = count < rule.Free ? null : (TimeSpan?)Wait(rule, count - rule.Free);
        return (new AttemptState(count, at, at + wait, state?.TrustedUntil), new AttemptResult(null, trusted), count == rule.Free);
    }

    private static TimeSpan Wait(AttemptRule rule, int doublings)
    {
        var wait = rule.FirstWait.TotalMilliseconds * Math.Pow(2, Math.Min(doublings, 30));
        return wait < rule.LongestWait.TotalMilliseconds ? TimeSpan.FromMilliseconds(Math.Ceiling(wait)) : rule.LongestWait;
    }
}
