using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage.Transfer;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>What has to hold of the store when all is quiet, whatever happened before.</summary>
/// <param name="store">Everything in it.</param>
/// <param name="counters">Everybody's open tickets as the app counts them.</param>
/// <param name="received">The Message-IDs that the mail server was given, in order, repeats among them.</param>
/// <param name="promises">What clients were told.</param>
internal sealed class Invariants(StoreSnapshot store, IReadOnlyDictionary<Guid, int> counters, IReadOnlyList<string> received, Promises promises)
{
    private const string AssigneeField = "assignedTo";
    private const string StatusField = "status";

    private readonly List<Violation> _violations = [];
    private readonly Dictionary<Guid, Ticket> _tickets = store.Tickets.ToDictionary(t => t.Ticket!.Id, t => t.Ticket!);
    private readonly Dictionary<MailKey, MailLedgerEntry> _mails = store.Mails.ToDictionary(m => m.Key);

    public IReadOnlyList<Violation> Check()
    {
        CheckAccepted();
        CheckCounters();
        CheckMails();
        CheckComments();
        foreach (var record in store.Tickets)
        {
            CheckTriaged(record.Ticket!);
            CheckClaims(record);
            CheckTimeline(record);
            CheckTold(record);
            Require("no effect is pending", record.Effects is null or [], () => $"{record.Ticket!.Id}: {record.Effects!.Count}");
        }

        return _violations;
    }

    private void CheckAccepted()
    {
        foreach (var (id, title) in promises.Accepted)
            Require("accepted = stored", _tickets.GetValueOrDefault(id)?.Title == title, () => $"{id} '{title}'");
        foreach (var same in _tickets.Values.GroupBy(t => t.Title).Where(g => g.Count() > 1))
            Require("posted once = stored once", false, () => $"'{same.Key}': {string.Join(", ", same.Select(t => t.Id))}");
        foreach (var (id, version) in promises.Versions)
            Require("an answered change is stored", _tickets.GetValueOrDefault(id)?.Version >= version, () => $"{id}: version {version} was answered");
    }

    private void CheckTriaged(Ticket ticket)
    {
        Require("stored = triaged", ticket.Triage.State is TriageState.Succeeded or TriageState.Fallback, () => $"{ticket.Id}: {ticket.Triage.State}");
        Require("open = assigned", ticket.Status == TicketStatus.Done || ticket.AssignedTo is not null, () => $"{ticket.Id}: {ticket.Status}, nobody's");
    }

    private void CheckCounters()
    {
        var counted = _tickets.Values.Where(t => t.Status != TicketStatus.Done).Select(t => t.AssignedTo?.Id).OfType<Guid>().CountBy(id => id).ToDictionary();
        foreach (var user in store.Users)
        {
            var (has, says) = (counted.GetValueOrDefault(user.Id), counters.GetValueOrDefault(user.Id, -1));
            Require("counters = recount", has == says, () => $"{user.Email}: {says} counted, {has} there");
        }
    }

    /// <summary>
    /// One claim a revision; and each choice of the app's own is that of a triage, or follows a release. Two triages may both have
    /// ended their analyses before the first of them assigns: a ticket that an admin got because nobody fitted may then move once more.
    /// </summary>
    private void CheckClaims(StoreRecord record)
    {
        var claims = record.Claims ?? [];
        Require("one claim per (ticket, revision)", claims.DistinctBy(c => c.Revision).Count() == claims.Count, () => $"{record.Ticket!.Id}");
        Require(
            "one analysis per (ticket, revision)", Entries(record).Count(e => e.Kind == TimelineKind.Triaged) <= record.Ticket!.Triage.Revision,
            () => $"{record.Ticket.Id}: {record.Ticket.Triage.Revision} revisions");
        var choices = 0;
        foreach (var entry in Entries(record))
        {
            if (entry.Kind == TimelineKind.Assigned)
            {
                Require("assigned once a triage", choices > 0, () => $"{record.Ticket.Id}, entry {entry.Seq}");
                choices--;
            }
            else if (entry.Kind == TimelineKind.Triaged || entry is { Field: AssigneeField, ToId: null })
            {
                choices++;
            }
        }
    }

    private void CheckMails()
    {
        var got = received.ToHashSet();
        foreach (var mail in store.Mails)
        {
            Require("no mail is owed or given up", mail.State is MailState.Sent or MailState.Suppressed, () => $"{mail.MessageId}: {mail.State}, {mail.LastError}");
            Require("sent = received", mail.State != MailState.Sent || got.Contains(mail.MessageId), () => mail.MessageId);
        }

        var ids = store.Mails.Select(m => m.MessageId).ToHashSet();
        Require("distinct Message-IDs = ledger rows", ids.Count == store.Mails.Count, () => $"{ids.Count} of {store.Mails.Count}");
        foreach (var stray in got.Where(id => !ids.Contains(id))) Require("received = in the ledger", false, () => stray);
    }

    private void CheckComments()
    {
        var written = store.Tickets.SelectMany(t => Entries(t).Where(e => e.Kind == TimelineKind.Comment).Select(e => (t.Ticket!.Id, e.Body!))).ToLookup(c => c.Item2, c => c.Id);
        foreach (var (body, promise) in promises.Comments)
        {
            var there = written[body].ToList();
            Require(
                "an answered comment is there, once", promise.Seen ? there is [var only] && only == promise.Ticket : there.Count <= 1,
                () => $"{promise.Ticket}: '{body}' {there.Count} times");
        }
    }

    private void CheckTimeline(StoreRecord record)
    {
        var ticket = record.Ticket!;
        // The first entry, the creation, follows from the ticket and is not stored.
        var numbers = Entries(record).Select(e => e.Seq).ToList();
        Require("timelines without gaps", numbers.SequenceEqual(Enumerable.Range(2, ticket.LastEntry - 1)), () => $"{ticket.Id}: {string.Join(' ', numbers)} of {ticket.LastEntry}");
        var status = Entries(record).LastOrDefault(e => e.Field == StatusField)?.To ?? "TODO";
        Require("the timeline tells the status", status == EnumNames<TicketStatus>.Of(ticket.Status), () => $"{ticket.Id}: {status}, but {ticket.Status}");
        var assignee = Entries(record).LastOrDefault(e => e.Field == AssigneeField)?.ToId;
        Require("the timeline tells the assignee", assignee == ticket.AssignedTo?.Id, () => $"{ticket.Id}: {assignee}, but {ticket.AssignedTo?.Id}");
    }

    /// <summary>
    /// Who has an open ticket has the mail of that assignment, unless they took or reopened it themselves. Where the requester's comment
    /// opened it again, it is the mail of that comment: there is no other.
    /// </summary>
    private void CheckTold(StoreRecord record)
    {
        if (record.Ticket is not { AssignedTo: { } assignee } ticket || ticket.Status == TicketStatus.Done) return;
        var entries = Entries(record);
        var given = entries.LastOrDefault(e => (e.Field == AssigneeField && e.ToId == assignee.Id) || e is { Field: StatusField, From: "DONE" });
        if (given?.Actor.Id == assignee.Id) return;
        var opening = given is { Field: StatusField }
            ? entries.FirstOrDefault(e => e.Kind == TimelineKind.Comment && e.Seq == given.Seq - 1 && e.At == given.At && e.Actor.Id == given.Actor.Id)
            : null;
        var mail = _mails.GetValueOrDefault(opening is null
            ? new MailKey(ticket.Id, MailKind.Assigned, assignee.Id, ticket.Assignments)
            : new MailKey(ticket.Id, MailKind.Commented, assignee.Id, opening.Seq));
        Require("assigned = told", mail is { State: MailState.Sent }, () => $"{ticket.Id}: assignment {ticket.Assignments} to {assignee.Email}, {mail?.State.ToString() ?? "no mail"} {mail?.LastError}");
    }

    private static IReadOnlyList<TimelineEntry> Entries(StoreRecord record) => record.Timeline ?? [];

    private void Require(string invariant, bool holds, Func<string> detail)
    {
        if (!holds) _violations.Add(new(invariant, detail()));
    }
}
