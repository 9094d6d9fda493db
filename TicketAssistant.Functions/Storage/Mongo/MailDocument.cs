using System.Globalization;
using MongoDB.Bson;
using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>An owed mail as a document. The key is its id: nothing else has to keep it unique.</summary>
internal static class MailDocument
{
    private const int SchemaVersion = 1;

    /// <summary>Sorts by ticket, kind, recipient and revision.</summary>
    public static string Id(MailKey key) => string.Create(
        CultureInfo.InvariantCulture, $"{key.TicketId:D}/{MongoValues.Name(key.Kind)}/{key.RecipientId:D}/{key.Revision:D10}");

    public static BsonDocument Of(MailLedgerEntry entry) => new()
    {
        ["_id"] = Id(entry.Key),
        ["schemaVersion"] = SchemaVersion,
        ["ticket"] = entry.Key.TicketId.Key(),
        ["kind"] = MongoValues.Name(entry.Key.Kind),
        ["recipient"] = entry.Key.RecipientId.Key(),
        ["revision"] = entry.Key.Revision,
        ["messageId"] = entry.MessageId,
        ["attempts"] = entry.Attempts,
        ["owedAt"] = MongoValues.Date(entry.OwedAt),
        ["sent"] = entry.SentAt is not null,
        ["sentAt"] = entry.SentAt is { } sentAt ? MongoValues.Date(sentAt) : BsonNull.Value,
        ["sendingUntil"] = entry.SendingUntil is { } until ? MongoValues.Date(until) : BsonNull.Value,
        ["lastError"] = MongoValues.Text(entry.LastError),
        ["closed"] = entry.ClosedAs is { } closure ? MongoValues.Name(closure) : BsonNull.Value,
    };

    public static MailLedgerEntry ToEntry(BsonDocument mail) => new(
        new MailKey(mail["ticket"].ToGuid(), mail["kind"].ToEnum<MailKind>(), mail["recipient"].ToGuid(), mail["revision"].ToInt64()),
        mail["messageId"].AsString,
        mail["attempts"].ToInt32(),
        mail["owedAt"].ToTime(),
        mail.Field("sentAt").ToTimeOrNull(),
        mail.Field("sendingUntil").ToTimeOrNull(),
        mail.Field("lastError").ToTextOrNull(),
        mail.Field("closed") is { IsBsonNull: false } closed ? closed.ToEnum<MailClosure>() : null);
}
