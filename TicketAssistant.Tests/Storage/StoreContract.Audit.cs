using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Storage;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task An_entry_of_the_audit_log_is_there_once_however_often_it_is_added()
    {
        var entry = AuditEntry.Of(Now, AuditAction.PersonExported, Guid.CreateVersion7(), "subject", "more");

        await TogetherAsync(8, async _ =>
        {
            await Audit.AppendAsync(entry, Cancel);
            return true;
        });

        Assert.Equal(entry, Assert.Single((await Audit.ListAsync(new AuditQuery(), Cancel)).Items));
    }

    [Fact]
    public async Task The_audit_log_is_read_newest_first_by_pages_and_filters()
    {
        var (ann, bob) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var entries = Enumerable.Range(0, 25)
            .Select(i => AuditEntry.Of(Now.AddMinutes(i / 2), i % 3 == 0 ? AuditAction.RoleChanged : AuditAction.MailRetried, i % 2 == 0 ? ann : bob, i % 5 == 0 ? null : $"s{i % 5}"))
            .ToList();
        foreach (var entry in entries) await Audit.AppendAsync(entry, Cancel);

        await AssertListAsync(new AuditQuery(), _ => true);
        await AssertListAsync(new AuditQuery { ActorId = ann }, e => e.ActorId == ann);
        await AssertListAsync(new AuditQuery { Subject = "s3" }, e => e.Subject == "s3");
        await AssertListAsync(new AuditQuery { Action = AuditAction.RoleChanged, ActorId = bob }, e => e.Action == AuditAction.RoleChanged && e.ActorId == bob);
        await AssertListAsync(
            new AuditQuery { From = Now.AddMinutes(3), To = Now.AddMinutes(7) }, e => e.At >= Now.AddMinutes(3) && e.At <= Now.AddMinutes(7));
        await Assert.ThrowsAsync<FormatException>(() => Audit.ListAsync(new AuditQuery { Cursor = "x" }, Cancel));

        async Task AssertListAsync(AuditQuery query, Func<AuditEntry, bool> isIn)
        {
            var found = new List<AuditEntry>();
            string? cursor = null;
            do
            {
                var page = await Audit.ListAsync(query with { Limit = 4, Cursor = cursor }, Cancel);
                Assert.InRange(page.Items.Count, 0, 4);
                found.AddRange(page.Items);
                cursor = page.Next;
            }
            while (cursor is not null && found.Count <= entries.Count);
            Assert.Equal(entries.Where(isIn).OrderByDescending(e => e.At).ThenByDescending(e => e.Id.ToString("D"), StringComparer.Ordinal), found);
        }
    }

    [Fact]
    public async Task A_change_of_an_account_brings_its_entries_along_and_one_that_is_refused_none()
    {
        var ann = await AddUserAsync("ann@example.org");
        var boss = await AddUserAsync("boss@example.org", Role.Admin);
        AuditEntry[] entries = [AuditEntry.Of(Now, AuditAction.RoleChanged, boss.Id, ann.Id.ToString("D")), AuditEntry.Of(Now, AuditAction.SkillsChanged, boss.Id, ann.Id.ToString("D"))];

        Assert.Equal(UpdateResult.Updated, await Users.UpdateAsync(ann with { Role = Role.Moderator }, entries, Cancel));
        Assert.Equal(UpdateResult.Stale, await Users.UpdateAsync(ann, [AuditEntry.Of(Now, AuditAction.RoleChanged, null, "stale")], Cancel));
        Assert.Equal(UpdateResult.LastAdmin, await Users.UpdateAsync(boss with { Role = Role.User }, [AuditEntry.Of(Now, AuditAction.RoleChanged, null, "last")], Cancel));

        Assert.Equal(entries.Select(e => e.Id).Order(), (await Audit.ListAsync(new AuditQuery(), Cancel)).Items.Select(e => e.Id).Order());
    }
}
