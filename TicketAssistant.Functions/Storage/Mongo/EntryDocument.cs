using System.Globalization;
using MongoDB.Bson;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>A timeline entry as a document, alike in its ticket's outbox and in the collection.</summary>
internal static class EntryDocument
{
    public const string Seq = "seq", Internal = "internal";

    /// <summary>Its id in the collection: sorts by ticket and number, so that nothing else has to.</summary>
    public static BsonValue Id(BsonValue ticketKey, int seq) => string.Create(CultureInfo.InvariantCulture, $"{ticketKey.AsString}/{seq:D10}");

    public static BsonDocument Of(TimelineEntry entry) => new()
    {
        [Seq] = entry.Seq,
        ["at"] = MongoValues.Date(entry.At),
        ["kind"] = MongoValues.Name(entry.Kind),
        ["actor"] = new BsonDocument
        {
            ["kind"] = MongoValues.Name(entry.Actor.Kind),
            ["id"] = Key(entry.Actor.Id),
            ["name"] = MongoValues.Text(entry.Actor.Name),
        },
        ["field"] = MongoValues.Text(entry.Field),
        ["from"] = MongoValues.Text(entry.From),
        ["to"] = MongoValues.Text(entry.To),
        ["fromId"] = Key(entry.FromId),
        ["toId"] = Key(entry.ToId),
        ["reason"] = MongoValues.Text(entry.Reason),
        ["body"] = MongoValues.Text(entry.Body),
        [Internal] = entry.Internal,
    };

    public static TimelineEntry ToEntry(BsonDocument entry) => new()
    {
        Seq = entry[Seq].ToInt32(),
        At = entry["at"].ToTime(),
        Kind = entry["kind"].ToEnum<TimelineKind>(),
        Actor = ToActor(entry["actor"].AsBsonDocument),
        Field = entry.Field("field").ToTextOrNull(),
        From = entry.Field("from").ToTextOrNull(),
        To = entry.Field("to").ToTextOrNull(),
        FromId = ToKey(entry.Field("fromId")),
        ToId = ToKey(entry.Field("toId")),
        Reason = entry.Field("reason").ToTextOrNull(),
        Body = entry.Field("body").ToTextOrNull(),
        Internal = entry[Internal].AsBoolean,
    };

    private static TimelineActor ToActor(BsonDocument actor) =>
        new(actor["kind"].ToEnum<ActorKind>(), ToKey(actor.Field("id")), actor.Field("name").ToTextOrNull());

    private static BsonValue Key(Guid? id) => id is { } value ? value.Key() : BsonNull.Value;

    private static Guid? ToKey(BsonValue value) => value.IsBsonNull ? null : value.ToGuid();
}
