using Microsoft.DurableTask.Client;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>An instance to be stored. <c>Trace</c> is what set it going, as <see cref="TraceText"/>, or null.</summary>
internal sealed record NewInstance(
    string Id,
    string Name,
    string? Input,
    DateTime CreatedAt,
    DateTime? StartAt,
    string? Version,
    Dictionary<string, string>? Tags,
    ParentLink? Parent = null,
    string? Trace = null);

/// <summary>What a committed turn brought about beyond its own instance; on disk already, still to be set going.</summary>
/// <param name="Started">New orchestrations with their keys.</param>
/// <param name="Told">Messages that lie in somebody's inbox.</param>
/// <param name="Carried">Events that an instance which began anew takes along; they come before all others.</param>
internal sealed record Committed(List<(long Key, NewInstance Instance)> Started, List<Told> Told, List<Message> Carried);

/// <summary>A message for the instance of this id, if it still has this key.</summary>
internal sealed record Told(string InstanceId, long Key, Message Message);

/// <summary>An instance as a query shows it; payloads are null where they were not asked for.</summary>
internal sealed record InstanceRow(
    long Key,
    string Id,
    string Name,
    OrchestrationRuntimeStatus Status,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    Dictionary<string, string>? Tags,
    Failure? Failure,
    string? Version,
    string? Input,
    string? Output,
    string? CustomStatus);

/// <summary>An instance with its history, for somebody who wants to see what it did.</summary>
/// <param name="Row">The instance, payloads included.</param>
/// <param name="StartAt">What its first turn waits for or has waited for (UTC), or null.</param>
/// <param name="Generation">How often it has continued as new; the turns are those since the last time.</param>
/// <param name="ParentId">Who started it, or null.</param>
/// <param name="Turns">What it was told and decided, in order.</param>
internal sealed record InstanceHistory(InstanceRow Row, DateTime? StartAt, int Generation, string? ParentId, IReadOnlyList<Turn> Turns);

/// <summary>Which instances a query or a purge means. Both ends of the range of creation times are part of it.</summary>
internal sealed record InstanceFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    string? IdPrefix = null)
{
    /// <summary>The condition, on parameters ?1 to ?5.</summary>
    public const string Sql = """
        (?1 IS NULL OR created_at >= ?1) AND (?2 IS NULL OR created_at <= ?2)
        AND (?3 IS NULL OR status IN (SELECT value FROM json_each(?3)))
        AND (?4 IS NULL OR (id >= ?4 AND substr(id, 1, ?5) = ?4))
        """;

    /// <summary>The values of ?1 to ?5.</summary>
    public object?[] Arguments =>
    [
        CreatedFrom?.UtcTicks,
        CreatedTo?.UtcTicks,
        Statuses?.ToArray() is { Length: > 0 } statuses ? $"[{string.Join(',', statuses.Select(status => (int)status))}]" : null,
        IdPrefix,
        IdPrefix?.Length ?? 0,
    ];
}
