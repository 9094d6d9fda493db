using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage.Routing;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// The moderators' skills, indexed and kept until the store says that they have changed: one cheap read a ticket instead of
/// the whole team. Thread-safe; several callers may build the same index at once, which is harmless.
/// </summary>
public sealed class TeamDirectory(IUserStore users)
{
    private volatile TeamSnapshot? _current;

    /// <summary>The team as it is now.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<TeamSnapshot> GetAsync(CancellationToken cancellationToken)
    {
        // The version is read first: staff that changes in between is then indexed under the older version and read again.
        var version = await users.GetDirectoryVersionAsync(cancellationToken);
        if (_current is { } current && current.Version == version) return current;
        var staff = await users.ListStaffAsync(cancellationToken);
        return _current = new TeamSnapshot(version, SkillVocabulary.Build(staff), SkillIndex.Build(staff));
    }
}
