using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Json;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>Accounts in SQLite.</summary>
internal sealed class SqliteUserStore(SqliteStoreFile file) : IUserStore
{
    internal const string Columns =
        "id, email, name, password_hash, role, skills, away, capacity, token_version, open_tickets, last_assigned_at, created_at, version, active, away_until, details";

    /// <inheritdoc/>
    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        file.ReadAsync(s => s.First($"SELECT {Columns} FROM account WHERE id = ?1", Map, id.Key()), cancellationToken);

    /// <inheritdoc/>
    public Task<User?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        file.ReadAsync(s => s.First($"SELECT {Columns} FROM account WHERE email = ?1", Map, email), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> InsertIfAbsentAsync(User user, CancellationToken cancellationToken) => file.WriteAsync(
        s =>
        {
            var inserted = s.Execute(
                $"INSERT INTO account({Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, NULL, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO NOTHING",
                user.Id.Key(), user.Email, user.Name, user.PasswordHash, EnumNames<Role>.Of(user.Role),
                SqliteValues.ToJson(user.Skills), user.Away, user.Capacity, user.TokenVersion, user.CreatedAt.UtcTicks, user.Version,
                user.Active, user.AwayUntil?.UtcTicks, SqliteValues.ToJson(AccountDetails.Of(user))) == 1;
            if (inserted && user.IsActiveStaff) RaiseDirectoryVersion(s);
            return inserted;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(User user, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => file.WriteAsync(
        s =>
        {
            var result = Update(s, user);
            if (result == UpdateResult.Updated)
            {
                foreach (var entry in audit) SqliteAuditLog.Add(s, entry);
            }

            return result;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ReplaceEmailAsync(Guid id, string email, CancellationToken cancellationToken) => file.WriteAsync(
        s => s.Execute("UPDATE account SET email = ?2, version = version + 1 WHERE id = ?1 AND email <> ?2", id.Key(), email), cancellationToken);

    /// <inheritdoc/>
    public Task<Page<User>> ListAsync(UserQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var words = SearchWords.Of(query.Text);
        List<object?> arguments = [query.Cursor is null ? "" : PageCursor.ParseUser(query.Cursor)];
        var conditions = "email > ?1";
        if (query.Role is { } role)
        {
            arguments.Add(EnumNames<Role>.Of(role));
            conditions += $" AND role = ?{arguments.Count}";
        }

        return file.ReadAsync(
            s =>
            {
                var users = s.Page(
                    $"SELECT {Columns} FROM account WHERE {conditions} ORDER BY email",
                    Map,
                    user => words.Count == 0 || SearchWords.Match(words, SearchWords.Of(user.Email, user.Name)),
                    query.Limit,
                    [.. arguments]);
                if (users.Count <= query.Limit) return new Page<User>(users, null);
                users.RemoveAt(query.Limit);
                return new Page<User>(users, PageCursor.OfUser(users[^1].Email));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> GetDirectoryVersionAsync(CancellationToken cancellationToken) =>
        file.ReadAsync(s => s.Scalar<long>("SELECT version FROM directory"), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<User>> ListStaffAsync(CancellationToken cancellationToken) => file.ReadAsync<IReadOnlyList<User>>(
        s => s.Query($"SELECT {Columns} FROM account WHERE {SqliteSchema.Staff}", Map), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<User>> ListOverdueAsync(DateTimeOffset at, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<User>>(
            s => s.Query(
                $"""
                SELECT {Columns} FROM account WHERE away_until IS NOT NULL AND away_until <= ?1
                UNION ALL SELECT {Columns} FROM account INDEXED BY account_left_behind
                WHERE active = 0 AND open_tickets > 0 AND (away_until IS NULL OR away_until > ?1) LIMIT ?2
                """,
                Map, at.UtcTicks, limit),
            cancellationToken);

    private static UpdateResult Update(SqliteSession s, User user)
    {
        var key = user.Id.Key();
        var stored = s.First($"SELECT {Columns} FROM account WHERE id = ?1", Map, key);
        if (stored is null || stored.Version != user.Version) return UpdateResult.Stale;

        // Writes come one after the other, so two demotions can't both see the other admin.
        if (stored.IsActiveAdmin && !user.IsActiveAdmin
            && s.Scalar<long>("SELECT EXISTS(SELECT 1 FROM account WHERE role = 'admin' AND active = 1 AND id <> ?1)", key) == 0)
        {
            return UpdateResult.LastAdmin;
        }

        s.Execute(
            """
            UPDATE account SET name = ?2, password_hash = ?3, role = ?4, skills = ?5, away = ?6, capacity = ?7,
                token_version = ?8, active = ?9, away_until = ?10, details = ?11, version = version + 1
            WHERE id = ?1
            """,
            key, user.Name, user.PasswordHash, EnumNames<Role>.Of(user.Role), SqliteValues.ToJson(user.Skills),
            user.Away, user.Capacity, user.TokenVersion, user.Active, user.AwayUntil?.UtcTicks, SqliteValues.ToJson(AccountDetails.Of(user)));

        if ((stored.IsActiveStaff || user.IsActiveStaff)
            && (stored.Role != user.Role || stored.Active != user.Active || !stored.Skills.SequenceEqual(user.Skills, StringComparer.Ordinal)))
        {
            RaiseDirectoryVersion(s);
        }

        return UpdateResult.Updated;
    }

    private static void RaiseDirectoryVersion(SqliteSession s) => s.Execute("UPDATE directory SET version = version + 1");

    internal static User Map(SqliteDataReader row)
    {
        var details = row.FromJson<AccountDetails>(15)!;
        return new()
        {
            Id = row.GetGuid(0),
            Email = row.GetString(1),
            Name = row.GetString(2),
            PasswordHash = row.GetString(3),
            Role = EnumNames<Role>.Parse(row.GetString(4)),
            Skills = row.FromJson<string[]>(5)!,
            Away = row.GetBoolean(6),
            Capacity = row.IsDBNull(7) ? null : row.GetInt32(7),
            TokenVersion = row.GetInt32(8),
            OpenTickets = row.GetInt32(9),
            LastAssignedAt = row.TimeOrNull(10),
            CreatedAt = row.Time(11),
            Version = row.GetInt64(12),
            Active = row.GetBoolean(13),
            AwayUntil = row.TimeOrNull(14),
            EmailConfirmed = details.EmailConfirmed,
            Mails = details.Mails,
            Welcomes = details.Welcomes,
            LastWelcomeAt = details.LastWelcomeAt,
        };
    }
}
