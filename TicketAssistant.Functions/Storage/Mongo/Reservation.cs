using MongoDB.Bson;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>A place that a person keeps free for a ticket while it is being claimed for them.</summary>
/// <param name="Claim">Names this attempt and no other, ever.</param>
/// <param name="User">Whose place.</param>
/// <param name="TicketId">For which ticket.</param>
/// <param name="Revision">The assignment's revision; <see cref="ByVersion"/> where a person gives the ticket to them, or opens it again.</param>
/// <param name="Turn">The ticket's turn when this was made: the claim can win only while the ticket still has it.</param>
/// <param name="At">When the person was given the ticket; null where that is not a new assignment.</param>
internal sealed record Reservation(ObjectId Claim, PersonRef User, Guid TicketId, int Revision, long Turn, DateTimeOffset? At)
{
    /// <summary>No claim has this revision: what is reserved for is a change of the ticket from one version to the next.</summary>
    public const int ByVersion = -1;

    /// <summary>What of a user's document makes up its reservations.</summary>
    public static readonly BsonDocument Projection = new()
    {
        [UserDocument.Email] = 1,
        [UserDocument.Name] = 1,
        [UserDocument.Reserved] = 1,
    };

    /// <summary>A new reservation as the document of the user who is chosen will hold it.</summary>
    public static BsonDocument Entry(Guid ticketId, int revision, long turn, DateTimeOffset? at) => new()
    {
        ["claim"] = ObjectId.GenerateNewId(),
        ["ticket"] = ticketId.Key(),
        ["revision"] = revision,
        ["turn"] = turn,
        ["at"] = at is { } time ? MongoValues.Date(time) : BsonNull.Value,
    };

    public static Reservation Of(BsonDocument user, BsonDocument entry) => new(
        entry["claim"].AsObjectId,
        new PersonRef(user["_id"].ToGuid(), user[UserDocument.Email].AsString, user[UserDocument.Name].AsString),
        entry["ticket"].ToGuid(),
        entry["revision"].ToInt32(),
        entry["turn"].ToInt64(),
        entry["at"].ToTimeOrNull());

    /// <summary>All that a user's document holds.</summary>
    public static IEnumerable<Reservation> AllOf(BsonDocument user) =>
        user.List(UserDocument.Reserved).Select(entry => Of(user, entry.AsBsonDocument));
}
