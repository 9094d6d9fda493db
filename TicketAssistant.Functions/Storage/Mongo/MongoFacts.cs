using MongoDB.Bson;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>What statistics read: fields that indexes hold, so that the server reads no ticket.</summary>
internal static class MongoFacts
{
    public const string ResolvedAt = "resolvedAt";

    /// <summary>The keys of the index that holds all of them.</summary>
    public static readonly string[] Keys =
    [
        "createdAt", "status", "priority", "type", "assignedTo.id", "triage.state", "triage.source", "triage.proposed.type",
        "triage.proposed.priority", TicketDocument.SkillsKept, "proposedAssignee", "firstResponseAt", ResolvedAt,
    ];

    /// <summary>What <see cref="ToFact"/> takes.</summary>
    public static readonly BsonDocument Projection = Only(Keys);

    /// <summary>What it takes of open tickets, which the index of the statuses holds.</summary>
    public static readonly BsonDocument OpenProjection = Only("createdAt", "status", "priority", "type", "assignedTo.id", "triage.state");

    /// <summary>What is taken of those that are done, which the index of when they became so holds.</summary>
    public static readonly BsonDocument ResolvedProjection = Only(ResolvedAt);

    public static TicketFact ToFact(BsonDocument document)
    {
        var triage = document.Field("triage") as BsonDocument ?? [];
        var proposed = triage.Field("proposed") as BsonDocument ?? [];
        var type = document["type"].ToEnum<TicketType>();
        var priority = document["priority"].ToInt32();
        var assignee = (document.Field("assignedTo") as BsonDocument)?.Field("id").ToTextOrNull();
        return new TicketFact
        {
            CreatedAt = document["createdAt"].ToTime(),
            Status = document["status"].ToEnum<TicketStatus>(),
            Priority = (TicketPriority)priority,
            Type = type,
            AssigneeId = assignee is null ? null : Guid.ParseExact(assignee, "D"),
            State = triage["state"].ToEnum<TriageState>(),
            Source = triage.Field("source") is { IsBsonNull: false } source ? source.ToEnum<TriageSource>() : null,
            FirstResponseAt = document.Field("firstResponseAt").ToTimeOrNull(),
            ResolvedAt = document.Field(ResolvedAt).ToTimeOrNull(),
            KeptType = proposed.Field("type") is { IsBsonNull: false } itsType ? itsType.ToEnum<TicketType>() == type : null,
            KeptPriority = proposed.Field("priority") is { IsBsonNull: false } itsPriority ? itsPriority.ToInt32() == priority : null,
            KeptSkills = document.Field(TicketDocument.SkillsKept) is { IsBsonNull: false } kept ? kept.AsBoolean : null,
            KeptAssignee = document.Field("proposedAssignee").ToTextOrNull() is { } chosen ? chosen == assignee : null,
        };
    }

    private static BsonDocument Only(params string[] fields) =>
        new BsonDocument("_id", 0).AddRange(fields.Select(field => new BsonElement(field, 1)));
}
