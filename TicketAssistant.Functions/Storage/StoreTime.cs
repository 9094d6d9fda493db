namespace TicketAssistant.Functions.Storage;

/// <summary>Times as every store keeps them.</summary>
internal static class StoreTime
{
    /// <summary>Now, in whole milliseconds: MongoDB keeps no more, and a reply must not show what a later one does not.</summary>
    public static DateTimeOffset GetStoreNow(this TimeProvider time) => time.GetUtcNow().ToStoreTime();

    /// <summary>In UTC and whole milliseconds.</summary>
    public static DateTimeOffset ToStoreTime(this DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
}
