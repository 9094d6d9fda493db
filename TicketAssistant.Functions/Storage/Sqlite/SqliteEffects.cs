using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>The rows of effects that are pending.</summary>
internal static class SqliteEffects
{
    public static void Add(SqliteSession s, EffectsKey key, TicketEffect effect, DateTimeOffset at) => s.Execute(
        "INSERT INTO effect(ticket_id, version, number, at, effect) VALUES(?1, ?2, ?3, ?4, ?5)",
        key.TicketId.Key(), key.Version, effect.Number, at.UtcTicks, SqliteValues.ToJson(effect));

    public static List<TicketEffect> List(SqliteSession s, EffectsKey key) => s.Query(
        "SELECT effect FROM effect WHERE ticket_id = ?1 AND version = ?2 ORDER BY number",
        row => row.FromJson<TicketEffect>(0)!,
        key.TicketId.Key(), key.Version);

    public static List<EffectsKey> ListLeftover(SqliteSession s, DateTimeOffset before, int limit) => [.. s.Query(
        "SELECT ticket_id, version FROM effect WHERE at < ?1 ORDER BY at LIMIT ?2",
        row => new EffectsKey(row.GetGuid(0), row.GetInt64(1)),
        before.UtcTicks, limit).Distinct()];

    public static int Settle(SqliteSession s, EffectsKey key, int number) => s.Execute(
        "DELETE FROM effect WHERE ticket_id = ?1 AND version = ?2 AND number = ?3", key.TicketId.Key(), key.Version, number);
}
