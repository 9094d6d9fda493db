using MongoDB.Bson;
using TicketAssistant.Functions.Storage.Transfer;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// A ticket as a document. It is the truth of who has the ticket: a claim is won by writing it here. See
/// docs/decisions/0007-claims-without-transactions.md.
/// </summary>
internal static class TicketDocument
{
    public const string Title = "title", Description = "description", Status = "status", Priority = "priority", Type = "type", Requester = "createdBy.id", Assignee = "assignedTo.id",
        CreatedAt = "createdAt", UpdatedAt = "updatedAt", Version = "version", AssignedTo = "assignedTo", StateOfTriage = TriageDocument.Field + "." + TriageDocument.State;

    /// <summary>Whether the skills are those that the analysis proposed; null where it proposed none.</summary>
    public const string SkillsKept = "skillsKept";

    /// <summary>The words of all that is written in it; for staff.</summary>
    public const string Words = "words";

    /// <summary>The words of what the requester sees.</summary>
    public const string PublicWords = "publicWords";

    /// <summary>True for what <see cref="ITicketStore.ListWaitingAsync"/> lists.</summary>
    public const string Waiting = "waiting";

    /// <summary>Raised with each change of who carries the ticket and of whether it is open; and to make claims on their way void.</summary>
    public const string Turn = "turn";

    /// <summary>The id of the claim by which the assignee carries it; null where nobody has it or it is DONE.</summary>
    public const string Claim = "claim";

    /// <summary>The claims ever won: {revision, assignee, at}.</summary>
    public const string Claims = "claims";

    /// <summary>Claims of the past that a person may still hold: {claim, user}. Emptied when they no longer do.</summary>
    public const string Owed = "owed";

    /// <summary>The newest timeline entries: see <see cref="MongoTimeline"/>.</summary>
    public const string Outbox = "outbox";

    /// <summary>What is pending: see <see cref="MongoEffects"/>.</summary>
    public const string Effects = "effects";

    /// <summary>What is awaited of the assignee.</summary>
    public const string Acknowledgement = "acknowledgement", AcknowledgeBy = Acknowledgement + ".dueAt";

    public const string LastEntry = "lastEntry", Assignments = "assignments", ProposedAssignee = "proposedAssignee";

    private const int SchemaVersion = 2;

    public static BsonDocument OfNew(Ticket ticket)
    {
        var document = new BsonDocument
        {
            ["_id"] = ticket.Id.Key(),
            ["createdBy"] = Person(ticket.CreatedBy),
            [AssignedTo] = BsonNull.Value,
            [CreatedAt] = MongoValues.Date(ticket.CreatedAt),
            [Version] = ticket.Version,
            [Turn] = 0L,
            [Claim] = BsonNull.Value,
            [Claims] = new BsonArray(),
            [Owed] = new BsonArray(),
            [ProposedAssignee] = BsonNull.Value,
            [Outbox] = new BsonArray(),
            [Effects] = new BsonArray(),
        };
        return document.Merge(Changeable(ticket, isAssigned: false)).Merge(WordsOf(ticket, []));
    }

    /// <summary>What it is found by; to be set with each change of its text and each comment.</summary>
    public static BsonDocument WordsOf(Ticket ticket, IReadOnlyList<TimelineEntry> entries) => new()
    {
        [Words] = MongoValues.Texts(SearchWords.Of([ticket.Title, ticket.Description, .. entries.Select(entry => entry.Body)])),
        [PublicWords] = MongoValues.Texts(SearchWords.Of([ticket.Title, ticket.Description, .. entries.Where(entry => !entry.Internal).Select(entry => entry.Body)])),
    };

    /// <summary>A ticket that comes from another store, with a claim of its own where somebody carries it.</summary>
    public static BsonDocument OfImported(StoreRecord record)
    {
        var ticket = record.Ticket!;
        var document = OfNew(ticket)
            .Merge(Changeable(ticket, isAssigned: ticket.AssignedTo is not null), overwriteExistingElements: true)
            .Merge(WordsOf(ticket, record.Timeline ?? []), overwriteExistingElements: true);
        document[Claims] = new BsonArray((record.Claims ?? []).Select(claim => ClaimOf(claim.Revision, claim.AssigneeId, claim.At)));
        document[Effects] = new BsonArray((record.Effects ?? []).Select(effect => EffectDocument.Of(effect.Version, effect.At, effect.Effect)));
        if (ticket.ProposedAssignee is { } proposed) document[ProposedAssignee] = proposed.Key();
        if (ticket.AssignedTo is { } assignee)
        {
            document[AssignedTo] = Person(assignee);
            if (ticket.Status != TicketStatus.Done) document[Claim] = ObjectId.GenerateNewId();
        }

        return document;
    }

    /// <summary>One of <see cref="Claims"/>.</summary>
    public static BsonDocument ClaimOf(int revision, Guid assigneeId, DateTimeOffset at) => new()
    {
        ["revision"] = revision,
        ["assignee"] = assigneeId.Key(),
        ["at"] = MongoValues.Date(at),
    };

    /// <summary>The claims ever won, by revision.</summary>
    public static List<StoreClaim> ClaimsOf(BsonDocument document) => [.. document.List(Claims)
        .Select(claim => new StoreClaim(claim["revision"].ToInt32(), claim["assignee"].ToGuid(), claim["at"].ToTime()))
        .OrderBy(claim => claim.Revision)];

    /// <summary>What <see cref="ITicketStore.UpdateAsync"/> replaces.</summary>
    public static BsonDocument Changeable(Ticket ticket, bool isAssigned) => new()
    {
        ["schemaVersion"] = SchemaVersion,
        [Title] = ticket.Title,
        [Description] = ticket.Description,
        [Status] = MongoValues.Name(ticket.Status),
        // A number, because it is sorted by.
        [Priority] = (int)ticket.Priority,
        [Type] = MongoValues.Name(ticket.Type),
        ["relatedSkills"] = MongoValues.Texts(ticket.RelatedSkills),
        ["summary"] = MongoValues.Text(ticket.Summary),
        ["helpfulNotes"] = MongoValues.Text(ticket.HelpfulNotes),
        [TriageDocument.Field] = TriageDocument.Of(ticket.Triage),
        ["assignment"] = ticket.Assignment is { } assignment ? Assignment(assignment) : BsonNull.Value,
        [Assignments] = ticket.Assignments,
        [Acknowledgement] = Awaited(ticket.Acknowledgement),
        ["releasedBy"] = new BsonArray(ticket.ReleasedBy.Select(id => id.Key())),
        ["humanSet"] = new BsonArray(ticket.HumanSet.Select(field => MongoValues.Name(field))),
        ["feedback"] = ticket.Feedback is { } feedback ? Feedback(feedback) : BsonNull.Value,
        ["firstResponseAt"] = DateOrNull(ticket.FirstResponseAt),
        ["resolvedAt"] = DateOrNull(ticket.ResolvedAt),
        [SkillsKept] = ticket.Triage.Proposed is { } proposed ? proposed.RelatedSkills.SequenceEqual(ticket.RelatedSkills, StringComparer.Ordinal) : BsonNull.Value,
        [LastEntry] = ticket.LastEntry,
        [UpdatedAt] = MongoValues.Date(ticket.UpdatedAt),
        [Waiting] = !isAssigned && ticket.Status != TicketStatus.Done
            && ticket.Triage.State is TriageState.Succeeded or TriageState.Fallback or TriageState.Failed,
    };

    public static BsonDocument Person(PersonRef person) => new()
    {
        ["id"] = person.Id.Key(),
        ["email"] = person.Email,
        ["name"] = person.Name,
    };

    public static BsonDocument Assignment(TicketAssignment assignment) => new()
    {
        ["reason"] = assignment.Reason,
        ["matchedSkills"] = MongoValues.Texts(assignment.MatchedSkills),
        ["candidates"] = assignment.Candidates,
    };

    public static Ticket ToTicket(BsonDocument document) => new()
    {
        Id = document["_id"].ToGuid(),
        Title = document[Title].AsString,
        Description = document[Description].AsString,
        Status = document[Status].ToEnum<TicketStatus>(),
        Priority = (TicketPriority)document[Priority].ToInt32(),
        Type = document[Type].ToEnum<TicketType>(),
        CreatedBy = ToPerson(document["createdBy"].AsBsonDocument),
        AssignedTo = document.Field(AssignedTo) is BsonDocument assignee ? ToPerson(assignee) : null,
        RelatedSkills = document["relatedSkills"].ToTexts(),
        Summary = document.Field("summary").ToTextOrNull(),
        HelpfulNotes = document.Field("helpfulNotes").ToTextOrNull(),
        Triage = TriageDocument.ToTriage(document[TriageDocument.Field].AsBsonDocument),
        Assignment = document.Field("assignment") is BsonDocument assignment ? ToAssignment(assignment) : null,
        Assignments = AssignmentsOf(document),
        Acknowledgement = document.Field(Acknowledgement) is BsonDocument awaited ? ToAwaited(awaited) : null,
        ProposedAssignee = document.Field(ProposedAssignee) is { IsBsonNull: false } proposed ? proposed.ToGuid() : null,
        ReleasedBy = [.. document.List("releasedBy").Select(id => id.ToGuid())],
        HumanSet = [.. document.List("humanSet").Select(field => field.ToEnum<TicketField>())],
        Feedback = document.Field("feedback") is BsonDocument feedback ? ToFeedback(feedback) : null,
        FirstResponseAt = document.Field("firstResponseAt").ToTimeOrNull(),
        ResolvedAt = document.Field("resolvedAt").ToTimeOrNull(),
        LastEntry = LastEntryOf(document),
        CreatedAt = document[CreatedAt].ToTime(),
        UpdatedAt = document["updatedAt"].ToTime(),
        Version = document[Version].ToInt64(),
    };

    /// <summary>The number of the last timeline entry; a document of schema version 1 has none but the creation.</summary>
    public static int LastEntryOf(BsonDocument document) => document.Field(LastEntry) is { IsBsonNull: false } last ? last.ToInt32() : 1;

    /// <summary>How often it was given to somebody; a document of schema version 1 has its claims to tell.</summary>
    public static int AssignmentsOf(BsonDocument document) => document.Field(Assignments) is { IsBsonNull: false } number
        ? number.ToInt32()
        : document.List(Claims).Select(claim => claim["revision"].ToInt32()).DefaultIfEmpty().Max();

    public static PersonRef ToPerson(BsonDocument person) =>
        new(person["id"].ToGuid(), person["email"].AsString, person["name"].AsString);

    public static BsonValue Awaited(TicketAcknowledgement? awaited) => awaited is null ? BsonNull.Value : new BsonDocument
    {
        ["number"] = awaited.Number,
        ["stage"] = MongoValues.Name(awaited.Stage),
        ["since"] = MongoValues.Date(awaited.Since),
        ["dueAt"] = MongoValues.Date(awaited.DueAt),
    };

    private static TicketAcknowledgement ToAwaited(BsonDocument awaited) => new(
        awaited["number"].ToInt64(), awaited["stage"].ToEnum<AcknowledgementStage>(), awaited["since"].ToTime(), awaited["dueAt"].ToTime());

    private static TicketAssignment ToAssignment(BsonDocument assignment) =>
        new(assignment["reason"].AsString, assignment["matchedSkills"].ToTexts(), assignment["candidates"].ToInt32());

    private static BsonDocument Feedback(TicketFeedback feedback) => new()
    {
        ["helpful"] = feedback.Helpful,
        ["reason"] = MongoValues.Text(feedback.Reason),
        ["by"] = Person(feedback.By),
        ["at"] = MongoValues.Date(feedback.At),
    };

    private static TicketFeedback ToFeedback(BsonDocument feedback) => new(
        feedback["helpful"].AsBoolean, feedback.Field("reason").ToTextOrNull(), ToPerson(feedback["by"].AsBsonDocument), feedback["at"].ToTime());

    private static BsonValue DateOrNull(DateTimeOffset? time) => time is { } value ? MongoValues.Date(value) : BsonNull.Value;
}
