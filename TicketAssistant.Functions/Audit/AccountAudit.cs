using System.Globalization;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Json;

namespace TicketAssistant.Functions.Audit;

/// <summary>What an admin's change of an account has to say to the audit log.</summary>
internal static class AccountAudit
{
    /// <summary>An entry for each kind of change; none where nothing changed.</summary>
    public static IReadOnlyList<AuditEntry> Of(User actor, User before, User after, DateTimeOffset at)
    {
        var entries = new List<AuditEntry>();
        if (before.Role != after.Role) Add(AuditAction.RoleChanged, $"{EnumNames<Role>.Of(before.Role)} to {EnumNames<Role>.Of(after.Role)}");
        if (!before.Skills.SequenceEqual(after.Skills, StringComparer.Ordinal))
            Add(AuditAction.SkillsChanged, string.Create(CultureInfo.InvariantCulture, $"{before.Skills.Count} to {after.Skills.Count}"));
        if ((before.Capacity, before.Away, before.AwayUntil) != (after.Capacity, after.Away, after.AwayUntil)) Add(AuditAction.AvailabilityChanged, null);
        if (before.Active != after.Active) Add(after.Active ? AuditAction.AccountReopened : AuditAction.AccountClosed, null);
        // Of one moment, so their ids alone keep the order in which they stand here.
        return [.. entries.Select(entry => entry.Id).Order().Zip(entries, (id, entry) => entry with { Id = id })];

        void Add(AuditAction action, string? detail) => entries.Add(AuditEntry.Of(at, action, actor.Id, after.Id.ToString("D"), detail));
    }
}
