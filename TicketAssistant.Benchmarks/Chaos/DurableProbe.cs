using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>The engine's file, past the app.</summary>
internal sealed class DurableProbe(string dataDirectory)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly string _path = Path.Combine(dataDirectory, "durable.db");

    /// <summary>
    /// The unfinished instances that have something to do now: an activity, a message, a retry, a timer that is due within a minute.
    /// One that waits for a later time or for an event rests.
    /// </summary>
    public IReadOnlyList<string> Busy()
    {
        using var file = SqliteProbe.Open(_path);
        using var command = file.CreateCommand();
        command.CommandText = """
            SELECT i.key, i.id, (SELECT count(*) FROM inbox WHERE instance = i.key), t.turn
            FROM instances i LEFT JOIN turns t ON t.instance = i.key WHERE i.status IN (0, 6, 7) ORDER BY i.key, t.number
            """;
        using var row = command.ExecuteReader();
        var (histories, ids, messages) = (new Dictionary<long, List<Turn>>(), new Dictionary<long, string>(), new HashSet<long>());
        while (row.Read())
        {
            var key = row.GetInt64(0);
            if (!histories.TryGetValue(key, out var turns)) histories[key] = turns = [];
            ids[key] = row.GetString(1);
            if (row.GetInt64(2) > 0) messages.Add(key);
            if (!row.IsDBNull(3)) turns.Add(Turn.FromJson(row.GetString(3)));
        }

        return [.. histories.Where(h => messages.Contains(h.Key) || !Rests(h.Value)).Select(h => ids[h.Key])];
    }

    /// <summary>The instances that failed or were ended, and why.</summary>
    public IReadOnlyList<string> Failed()
    {
        using var file = SqliteProbe.Open(_path);
        using var command = file.CreateCommand();
        command.CommandText = "SELECT id || ': ' || coalesce(failure, 'ended') FROM instances WHERE status IN (3, 4, 5)";
        using var row = command.ExecuteReader();
        var failed = new List<string>();
        while (row.Read()) failed.Add(row.GetString(0));
        return failed;
    }

    private static bool Rests(List<Turn> turns)
    {
        if (turns.Count == 0) return false;
        var open = new Dictionary<int, Decision>();
        foreach (var turn in turns)
        {
            foreach (var input in turn.Inputs) open.Remove(input.Answers ?? -1);
            foreach (var decision in turn.Decisions.Where(d => d is not EventSent)) open[decision.Id] = decision;
        }

        return open.Values.All(d => d is TimerCreated { RetryOf: null } timer && timer.FireAt > DateTime.UtcNow + Soon);
    }
}
