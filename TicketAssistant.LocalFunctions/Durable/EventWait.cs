using System.Text.Json.Serialization;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>That a wait for an event began, or ended.</summary>
/// <param name="Id">Waits of an instance count from 0 in the order in which they begin.</param>
/// <param name="Name">The event's name where the wait began; null where it ended.</param>
internal sealed record EventWait(int Id, string? Name)
{
    /// <summary>True where the wait ended because the code gave it up, not because of the event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool GivenUp { get; init; }
}
