using MongoDB.Bson;
using TicketAssistant.Functions.Storage.Transfer;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// A ticket as a document. It is the truth of who has the ticket: a claim is won by writing it here. See
/// docs/decisions/0007-claims-without-transactions.md.
/// </summary>
internal static class TicketDocument
{
    public const string Status = "status", Priority = "priority", Type = "type", Requester = "createdBy.id", Assignee = "assignedTo.id",
        CreatedAt = "createdAt", Version = "version", AssignedTo = "assignedTo";

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
        return document.Merge(Changeable(ticket, isAssigned: false));
    }

    /// <summary>A ticket that comes from another store, with a claim of its own where somebody carries it.</summary>
    public static BsonDocument OfImported(StoreRecord record)
    {
        var ticket = record.Ticket!;
        var document = OfNew(ticket).Merge(Changeable(ticket, isAssigned: ticket.AssignedTo is not null), overwriteExistingElements: true);
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
        ["title"] = ticket.Title,
        ["description"] = ticket.Description,
        [Status] = MongoValues.Name(ticket.Status),
        // A number, because it is sorted by.
        [Priority] = (int)ticket.Priority,
        [Type] = MongoValues.Name(ticket.Type),
        ["relatedSkills"] = MongoValues.Texts(ticket.RelatedSkills),
        ["summary"] = MongoValues.Text(ticket.Summary),
        ["helpfulNotes"] = MongoValues.Text(ticket.HelpfulNotes),
        ["triage"] = Triage(ticket.Triage),
        ["assignment"] = ticket.Assignment is { } assignment ? Assignment(assignment) : BsonNull.Value,
        [Assignments] = ticket.Assignments,
        ["releasedBy"] = new BsonArray(ticket.ReleasedBy.Select(id => id.Key())),
        ["humanSet"] = new BsonArray(ticket.HumanSet.Select(field => MongoValues.Name(field))),
        ["feedback"] = ticket.Feedback is { } feedback ? Feedback(feedback) : BsonNull.Value,
        ["firstResponseAt"] = DateOrNull(ticket.FirstResponseAt),
        ["resolvedAt"] = DateOrNull(ticket.ResolvedAt),
        [LastEntry] = ticket.LastEntry,
        ["updatedAt"] = MongoValues.Date(ticket.UpdatedAt),
        [Waiting] = !isAssigned && ticket.Status != TicketStatus.Done
            && ticket.Triage.State is TriageState.Succeeded or TriageState.Fallback or TriageState.Failed,
        ["words"] = MongoValues.Texts(SearchWords.Of(ticket.Title, ticket.Description)),
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
        Title = document["title"].AsString,
        Description = document["description"].AsString,
        Status = document[Status].ToEnum<TicketStatus>(),
        Priority = (TicketPriority)document[Priority].ToInt32(),
        Type = document[Type].ToEnum<TicketType>(),
        CreatedBy = ToPerson(document["createdBy"].AsBsonDocument),
        AssignedTo = document.Field(AssignedTo) is BsonDocument assignee ? ToPerson(assignee) : null,
        RelatedSkills = document["relatedSkills"].ToTexts(),
        Summary = document.Field("summary").ToTextOrNull(),
        HelpfulNotes = document.Field("helpfulNotes").ToTextOrNull(),
        Triage = ToTriage(document["triage"].AsBsonDocument),
        Assignment = document.Field("assignment") is BsonDocument assignment ? ToAssignment(assignment) : null,
        Assignments = AssignmentsOf(document),
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

    private static TicketAssignment ToAssignment(BsonDocument assignment) =>
        new(assignment["reason"].AsString, assignment["matchedSkills"].ToTexts(), assignment["candidates"].ToInt32());

    private static BsonDocument Triage(TicketTriage triage) => new()
    {
        ["state"] = MongoValues.Name(triage.State),
        ["source"] = triage.Source is { } source ? MongoValues.Name(source) : BsonNull.Value,
        ["model"] = MongoValues.Text(triage.Model),
        ["confidence"] = triage.Confidence is { } confidence ? confidence : BsonNull.Value,
        ["reason"] = MongoValues.Text(triage.Reason),
        ["language"] = MongoValues.Text(triage.Language),
        ["sentiment"] = MongoValues.Text(triage.Sentiment),
        ["proposed"] = triage.Proposed is { } proposed
            ? new BsonDocument
            {
                ["type"] = MongoValues.Name(proposed.Type),
                ["priority"] = (int)proposed.Priority,
                ["relatedSkills"] = MongoValues.Texts(proposed.RelatedSkills),
            }
            : BsonNull.Value,
        ["revision"] = triage.Revision,
    };

    private static TicketTriage ToTriage(BsonDocument triage) => new()
    {
        State = triage["state"].ToEnum<TriageState>(),
        Source = triage.Field("source") is { IsBsonNull: false } source ? source.ToEnum<TriageSource>() : null,
        Model = triage.Field("model").ToTextOrNull(),
        Confidence = triage.Field("confidence") is { IsBsonNull: false } confidence ? confidence.ToDouble() : null,
        Reason = triage.Field("reason").ToTextOrNull(),
        Language = triage.Field("language").ToTextOrNull(),
        Sentiment = triage.Field("sentiment").ToTextOrNull(),
        Proposed = triage.Field("proposed") is BsonDocument proposed
            ? new TriageProposal(
                proposed["type"].ToEnum<TicketType>(), (TicketPriority)proposed["priority"].ToInt32(), proposed["relatedSkills"].ToTexts())
            : null,
        Revision = triage["revision"].ToInt32(),
    };

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
