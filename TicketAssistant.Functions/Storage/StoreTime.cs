namespace TicketAssistant.Functions.Storage;

/// <summary>Times as every store keeps them.</summary>
internal static class StoreTime
{
    /// <summary>Now, in whole milliseconds: MongoDB keeps no more, and a reply must not show what a later one does not.</summary>
    public static DateTimeOffset GetStoreNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
