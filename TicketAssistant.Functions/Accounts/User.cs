using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Accounts;

/// <summary>An account as it is stored. Never sent to a client: see <see cref="UserView"/>.</summary>
public sealed record User
{
    /// <summary>Unguessable, stable identity (UUID v7).</summary>
    public required Guid Id { get; init; }

    /// <summary>Trimmed and lower-cased; unique.</summary>
    public required string Email { get; init; }

    /// <summary>The name others see; the part of the address before the @ where none was given.</summary>
    public required string Name { get; init; }

    /// <summary>BCrypt hash of the password.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>Read from here on each request, never from the token.</summary>
    public Role Role { get; init; }

    /// <summary>As they were written, in order, without repetition after normalising.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>True while this person is to be passed over when tickets are assigned.</summary>
    public bool Away { get; init; }

    /// <summary>When being away ends by itself (UTC); null where only somebody ends it. Not there while not away.</summary>
    public DateTimeOffset? AwayUntil { get; init; }

    /// <summary>False for an account that is closed: no log-in, no tickets, no mail. What they did stays.</summary>
    public bool Active { get; init; } = true;

    /// <summary>True once the address is known to be theirs. Staff counts as confirmed: an admin vouches for them.</summary>
    public bool EmailConfirmed { get => field || Role >= Role.Moderator; init; }

    /// <summary>Which mails about tickets they want.</summary>
    public MailPreference Mails { get; init; }

    /// <summary>How many welcomes with a confirmation link were owed to this address.</summary>
    public int Welcomes { get; init; }

    /// <summary>When the last of them was (UTC); null for never.</summary>
    public DateTimeOffset? LastWelcomeAt { get; init; }

    /// <summary>How many open tickets this person takes at most; null means any number.</summary>
    public int? Capacity { get; init; }

    /// <summary>The <c>ver</c> claim that a token must carry; raising it kills every token of this user.</summary>
    public int TokenVersion { get; init; } = 1;

    /// <summary>Tickets assigned to this person that are not DONE. Kept by the store with each claim and release.</summary>
    public int OpenTickets { get; init; }

    /// <summary>When this person was last given a ticket; null for never. Kept by the store.</summary>
    public DateTimeOffset? LastAssignedAt { get; init; }

    /// <summary>True for whoever can be given tickets: an open account of a moderator or admin.</summary>
    [JsonIgnore]
    public bool IsActiveStaff => Active && Role >= Role.Moderator;

    /// <summary>True for whoever has no room for another ticket.</summary>
    [JsonIgnore]
    public bool IsFull => OpenTickets >= Capacity;

    /// <summary>True for whoever can be given a ticket now.</summary>
    [JsonIgnore]
    public bool IsFree => IsActiveStaff && !Away && !IsFull;

    /// <summary>True for whoever manages people: at least one always does.</summary>
    [JsonIgnore]
    public bool IsActiveAdmin => Active && Role == Role.Admin;

    /// <summary>When the account was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Grows by one with each change made through <see cref="Storage.IUserStore.UpdateAsync"/>.</summary>
    public long Version { get; init; } = 1;
}
