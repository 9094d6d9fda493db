using MongoDB.Bson;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage.Transfer;
using TicketAssistant.Functions.Tickets.Effects;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>A pending effect as its ticket's document holds it.</summary>
internal static class EffectDocument
{
    public static BsonDocument Of(long version, DateTimeOffset at, TicketEffect effect) => new()
    {
        ["version"] = version,
        ["number"] = effect.Number,
        ["at"] = MongoValues.Date(at),
        ["kind"] = MongoValues.Name(effect.Kind),
        ["mail"] = effect.Mail is { } mail
            ? new BsonDocument
            {
                ["kind"] = MongoValues.Name(mail.Kind),
                ["recipient"] = mail.RecipientId.Key(),
                ["revision"] = mail.Revision,
            }
            : BsonNull.Value,
        ["acknowledgement"] = effect.Acknowledgement is { } number ? new BsonInt64(number) : BsonNull.Value,
    };

    public static StoreEffect ToEffect(Guid ticketId, BsonDocument effect) => new(
        effect["version"].ToInt64(),
        effect["at"].ToTime(),
        new TicketEffect(
            effect["number"].ToInt32(),
            effect["kind"].ToEnum<EffectKind>(),
            effect.Field("mail") is BsonDocument mail
                ? new MailKey(ticketId, mail["kind"].ToEnum<MailKind>(), mail["recipient"].ToGuid(), mail["revision"].ToInt64())
                : null,
            effect.Field("acknowledgement") is { IsBsonNull: false } awaited ? awaited.ToInt64() : null));
}
