using MongoDB.Bson;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Json;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// An account as a document. Beside the account it holds which tickets it carries, for exact counters without transactions:
/// <c>reserved</c> (claims on their way) and <c>held</c> (claims that won), with <c>openTickets</c> their number, always changed
/// in the same update. See docs/decisions/0007-claims-without-transactions.md.
/// </summary>
internal static class UserDocument
{
    public const string Email = "email", Name = "name", Role = "role", OpenTickets = "openTickets", LastAssignedAt = "lastAssignedAt",
        Version = "version", Words = "words", Active = "active", AwayUntil = "awayUntil";

    /// <summary>True for staff who aren't away.</summary>
    public const string Assignable = "assignable";

    /// <summary>How many more tickets this person takes: their capacity (or <see cref="Unlimited"/>) less their open tickets.</summary>
    public const string Room = "room";

    /// <summary>Claims on their way: {claim, ticket, revision, turn, at}, see <see cref="Reservation"/>.</summary>
    public const string Reserved = "reserved";

    /// <summary>The ids of the claims that won.</summary>
    public const string Held = "held";

    /// <summary>Raised by whoever has to make sure that a change of role or skills under way doesn't happen any more.</summary>
    public const string Guard = "guard";

    private const int SchemaVersion = 1;
    private const long Unlimited = 1_000_000_000;

    /// <summary>That an account isn't closed. One that an older version wrote says nothing about it.</summary>
    public static readonly BsonElement IsActive = new(Active, new BsonDocument("$ne", false));

    /// <summary>Who can be given tickets.</summary>
    public static readonly BsonDocument IsStaff = new()
    {
        new BsonElement(Role, new BsonDocument("$in", new BsonArray { MongoValues.Name(Accounts.Role.Moderator), MongoValues.Name(Accounts.Role.Admin) })),
        IsActive,
    };

    public static BsonDocument OfNew(User user)
    {
        var document = new BsonDocument
        {
            ["_id"] = user.Id.Key(),
            [Email] = user.Email,
            [OpenTickets] = 0,
            [LastAssignedAt] = BsonNull.Value,
            [Room] = RoomOf(user.Capacity),
            [Held] = new BsonArray(),
            [Reserved] = new BsonArray(),
            [Guard] = 0L,
            ["createdAt"] = MongoValues.Date(user.CreatedAt),
            [Version] = user.Version,
        };
        return document.Merge(Changeable(user, user.Email));
    }

    /// <summary>The update to <paramref name="user"/> from what is stored as <paramref name="stored"/>.</summary>
    public static BsonDocument Change(User stored, User user) => new()
    {
        ["$set"] = Changeable(user, stored.Email),
        ["$inc"] = new BsonDocument { [Version] = 1L, [Room] = RoomOf(user.Capacity) - RoomOf(stored.Capacity) },
    };

    public static User ToUser(BsonDocument document) => new()
    {
        Id = document["_id"].ToGuid(),
        Email = document[Email].AsString,
        Name = document[Name].AsString,
        PasswordHash = document["passwordHash"].AsString,
        Role = document[Role].ToEnum<Role>(),
        Skills = document["skills"].ToTexts(),
        Away = document["away"].AsBoolean,
        Capacity = document.Field("capacity") is { IsBsonNull: false } capacity ? capacity.ToInt32() : null,
        TokenVersion = document["tokenVersion"].ToInt32(),
        OpenTickets = document[OpenTickets].ToInt32(),
        LastAssignedAt = document.Field(LastAssignedAt).ToTimeOrNull(),
        CreatedAt = document["createdAt"].ToTime(),
        Active = document.Field(Active) != false,
        AwayUntil = document.Field(AwayUntil).ToTimeOrNull(),
        EmailConfirmed = document.Field("emailConfirmed") == true,
        Mails = document.Field("mails").ToTextOrNull() is { } mails ? EnumNames<MailPreference>.Parse(mails) : MailPreference.All,
        Welcomes = document.GetValue("welcomes", 0).ToInt32(),
        LastWelcomeAt = document.Field("lastWelcomeAt").ToTimeOrNull(),
        Version = document[Version].ToInt64(),
    };

    private static BsonDocument Changeable(User user, string email) => new()
    {
        ["schemaVersion"] = SchemaVersion,
        [Name] = user.Name,
        ["passwordHash"] = user.PasswordHash,
        [Role] = MongoValues.Name(user.Role),
        ["skills"] = MongoValues.Texts(user.Skills),
        ["away"] = user.Away,
        ["capacity"] = user.Capacity is { } capacity ? capacity : BsonNull.Value,
        ["tokenVersion"] = user.TokenVersion,
        [Assignable] = user.IsActiveStaff && !user.Away,
        [Active] = user.Active,
        [AwayUntil] = user.AwayUntil is { } until ? MongoValues.Date(until) : BsonNull.Value,
        ["emailConfirmed"] = user.EmailConfirmed,
        ["mails"] = MongoValues.Name(user.Mails),
        ["welcomes"] = user.Welcomes,
        ["lastWelcomeAt"] = user.LastWelcomeAt is { } at ? MongoValues.Date(at) : BsonNull.Value,
        [Words] = MongoValues.Texts(SearchWords.Of(email, user.Name)),
    };

    private static long RoomOf(int? capacity) => capacity ?? Unlimited;
}
