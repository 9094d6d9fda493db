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
        CreatedAt = "createdAt", Version = "version", AssignedTo = "assignedTo", AnalysisState = TriageDocument.Field + "." + TriageDocument.State;

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

    private const int SchemaVersion = 1;

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
        };
        return document.Merge(Changeable(ticket, isAssigned: false));
    }

    /// <summary>A ticket that comes from another store, with a claim of its own where somebody carries it.</summary>
    public static BsonDocument OfImported(Ticket ticket, IEnumerable<StoreClaim> claims)
    {
        var document = OfNew(ticket).Merge(Changeable(ticket, isAssigned: ticket.AssignedTo is not null), overwriteExistingElements: true);
        document[Claims] = new BsonArray(claims.Select(claim => ClaimOf(claim.Revision, claim.AssigneeId, claim.At)));
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
        [TriageDocument.Field] = TriageDocument.Of(ticket.Triage),
        ["humanSet"] = new BsonArray(ticket.HumanSet.Select(MongoValues.Name)),
        ["assignment"] = ticket.Assignment is { } assignment ? Assignment(assignment) : BsonNull.Value,
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
        Triage = TriageDocument.ToTriage(document[TriageDocument.Field].AsBsonDocument),
        HumanSet = [.. document.List("humanSet").Select(field => field.ToEnum<TicketField>())],
        Assignment = document.Field("assignment") is BsonDocument assignment ? ToAssignment(assignment) : null,
        CreatedAt = document[CreatedAt].ToTime(),
        UpdatedAt = document["updatedAt"].ToTime(),
        Version = document[Version].ToInt64(),
    };

    public static PersonRef ToPerson(BsonDocument person) =>
        new(person["id"].ToGuid(), person["email"].AsString, person["name"].AsString);

    private static TicketAssignment ToAssignment(BsonDocument assignment) =>
        new(assignment["reason"].AsString, assignment["matchedSkills"].ToTexts(), assignment["candidates"].ToInt32());
}
