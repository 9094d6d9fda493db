using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// What can be done with accounts. Methods throw <see cref="ProblemException"/> for what the caller can mend, and
/// <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class AccountService
{
    private const int MaxCapacity = 1000;

    private readonly IUserStore _users;
    private readonly Passwords _passwords;
    private readonly Tokens _tokens;
    private readonly LoginGuard _guard;
    private readonly TimeProvider _time;

    internal AccountService(IUserStore users, Passwords passwords, Tokens tokens, LoginGuard guard, TimeProvider time) =>
        (_users, _passwords, _tokens, _guard, _time) = (users, passwords, tokens, guard, time);

    /// <summary>Makes an account with the role <see cref="Role.User"/>.</summary>
    /// <exception cref="ProblemException">400; 409: the address is taken.</exception>
    public async Task<SessionReply> SignUpAsync(SignupRequest request, CancellationToken cancellationToken)
    {
        var email = Address(request.Email);
        if (NewPassword.Problem(request.Password, email) is { } problem) throw ProblemException.Invalid("password", problem);
        var name = await NewNameAsync(request.Name ?? NameOf(email), cancellationToken);
        var skills = SkillList.Clean(request.Skills ?? []);
        if (await _users.FindByEmailAsync(email, cancellationToken) is not null) throw Taken();

        var user = new User
        {
            Id = Guid.CreateVersion7(_time.GetStoreNow()),
            Email = email,
            Name = name,
            PasswordHash = await _passwords.HashAsync(request.Password, cancellationToken),
            Skills = skills,
            CreatedAt = _time.GetStoreNow(),
            Welcomes = 1,
            LastWelcomeAt = _time.GetStoreNow(),
        };
        return await _users.InsertIfAbsentAsync(user, cancellationToken) ? Session(user) : throw Taken();
    }

    /// <summary>Gives a token to who knows the password.</summary>
    /// <param name="request">What was typed.</param>
    /// <param name="from">Where it comes from: see <see cref="RateLimits.AddressOf"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProblemException">
    /// 401, in the same words and after the same time for an unknown address and a wrong password; 429, likewise for both, after too many.
    /// </exception>
    public async Task<SessionReply> LogInAsync(LoginRequest request, string from, CancellationToken cancellationToken) =>
        await FindAsync(request.Email, request.Password, from, cancellationToken) is { } user
            ? Session(user)
            : throw new ProblemException(StatusCodes.Status401Unauthorized, "Not logged in", "The e-mail address or the password is wrong.");

    /// <summary>The user with this address and password, or null, also for a closed account; takes the same time for an unknown address.</summary>
    /// <exception cref="ProblemException">429: too many attempts have failed.</exception>
    public async Task<User?> FindAsync(string address, string password, string from, CancellationToken cancellationToken)
    {
        var user = EmailAddress.TryNormalize(address, out var email) ? await _users.FindByEmailAsync(email, cancellationToken) : null;
        if (email is not null) await _guard.BeginAsync(email, from, user?.Id, cancellationToken);
        // A closed account takes as long as any other and gets the same answer as an unknown one; an erased one has no hash at all.
        var hash = user is { PasswordHash.Length: > 0 } ? user.PasswordHash : null;
        if (!await _passwords.VerifyAsync(password, hash, cancellationToken) || !user!.Active) return null;
        await _guard.SucceedAsync(user.Email, from, cancellationToken);
        return user;
    }

    /// <summary>Kills every token of the user.</summary>
    public Task LogOutAsync(User user, CancellationToken cancellationToken) =>
        _users.ChangeAsync(user.Id, u => u with { TokenVersion = u.TokenVersion + 1 }, cancellationToken);

    /// <summary>Changes the caller's own account.</summary>
    /// <exception cref="ProblemException">400, also where the old password is missing or wrong; 429 after too many wrong ones.</exception>
    public async Task<UpdateMeReply> UpdateMeAsync(User user, UpdateMeRequest request, string from, CancellationToken cancellationToken)
    {
        // Staff is who an admin made it: they may be called what they like.
        var name = request.Name is null ? null : user.IsActiveStaff ? Name(request.Name) : await NewNameAsync(request.Name, cancellationToken);
        var presence = Presence.Read(request.Away, request.AwayUntil, _time.GetUtcNow());
        var hash = request.Password is null ? null : await NewHashAsync(user, request.Password, request.OldPassword, from, cancellationToken);
        var changed = await _users.ChangeAsync(
            user.Id,
            u =>
            {
                u = presence.ApplyTo(u with { Name = name ?? u.Name, Mails = request.Mails ?? u.Mails });
                if (hash is null) return u;
                // Somebody else may have set a password while this one was hashed: then the old one is no longer the old one.
                if (u.PasswordHash != user.PasswordHash) throw WrongOldPassword();
                return u with { PasswordHash = hash, TokenVersion = u.TokenVersion + 1 };
            },
            (_, u) => hash is null ? [] : [AuditEntry.Of(_time.GetStoreNow(), AuditAction.PasswordChanged, u.Id, u.Id.ToString("D"))],
            cancellationToken);
        if (hash is null) return new UpdateMeReply(UserView.Of(changed));
        var (token, expiresAt) = _tokens.Issue(changed);
        return new UpdateMeReply(UserView.Of(changed), token, expiresAt);
    }

    /// <summary>Changes somebody's role, skills, presence or capacity, or closes or reopens their account.</summary>
    /// <exception cref="ProblemException">400; 404: unknown; 409: it would take away the last admin, or the caller's own account.</exception>
    public async Task<User> UpdateUserAsync(User caller, UpdateUserRequest request, CancellationToken cancellationToken)
    {
        var email = Address(request.Email);
        var skills = request.Skills is null ? null : SkillList.Clean(request.Skills, mayBePatterns: true);
        if (request.Capacity.Value is < 0 or > MaxCapacity)
        {
            throw ProblemException.Invalid("capacity", $"must be a whole number from 0 to {MaxCapacity}, or null for any number");
        }

        var presence = Presence.Read(request.Away, request.AwayUntil, _time.GetUtcNow());
        var user = await _users.FindByEmailAsync(email, cancellationToken) ?? throw NoSuchUser();
        if (request.Active == false && user.Id == caller.Id)
        {
            throw new ProblemException(StatusCodes.Status409Conflict, "Your own account", "Nobody closes their own account; another admin has to.");
        }

        return await _users.ChangeAsync(
            user.Id,
            u =>
            {
                var role = request.Role ?? u.Role;
                var active = request.Active ?? u.Active;
                return presence.ApplyTo(u with
                {
                    Role = role,
                    Active = active,
                    TokenVersion = role != u.Role || active != u.Active ? u.TokenVersion + 1 : u.TokenVersion,
                    Skills = skills ?? u.Skills,
                    Capacity = request.Capacity.IsSet ? request.Capacity.Value : u.Capacity,
                    // Written down, so that it outlives the role that vouched for it.
                    EmailConfirmed = u.EmailConfirmed || role >= Role.Moderator,
                });
            },
            (before, after) => AccountAudit.Of(caller, before, after, _time.GetStoreNow()),
            cancellationToken);
    }

    /// <summary>A page of accounts.</summary>
    /// <exception cref="ProblemException">400: the cursor is malformed.</exception>
    public async Task<UserListReply> ListAsync(UserQuery query, CancellationToken cancellationToken)
    {
        var page = await Paging.ReadAsync(() => _users.ListAsync(query, cancellationToken));
        return new UserListReply([.. page.Items.Select(UserView.Of)], page.Next);
    }

    private async Task<string> NewHashAsync(User user, string password, string? oldPassword, string from, CancellationToken cancellationToken)
    {
        if (NewPassword.Problem(password, user.Email) is { } problem) throw ProblemException.Invalid("password", problem);
        if (oldPassword is null) throw ProblemException.Invalid("oldPassword", "is required with a new password");
        // Whoever has found an open browser may not guess here either.
        await _guard.BeginAsync(user.Email, from, user.Id, cancellationToken);
        if (!await _passwords.VerifyAsync(oldPassword, user.PasswordHash, cancellationToken)) throw WrongOldPassword();
        await _guard.SucceedAsync(user.Email, from, cancellationToken);
        return await _passwords.HashAsync(password, cancellationToken);
    }

    private SessionReply Session(User user)
    {
        var (token, expiresAt) = _tokens.Issue(user);
        return new SessionReply(UserView.Of(user), token, expiresAt);
    }

    private static string Address(string text) =>
        EmailAddress.TryNormalize(text, out var email) ? email : throw ProblemException.Invalid("email", EmailAddress.Problem);

    private static string Name(string text) =>
        DisplayName.TryClean(text, out var name) ? name : throw ProblemException.Invalid("name", DisplayName.Problem);

    private async Task<string> NewNameAsync(string text, CancellationToken cancellationToken)
    {
        var name = Name(text);
        return await LookAlikes.IsOneAsync(_users, name, cancellationToken) ? throw ProblemException.Invalid("name", LookAlikes.Problem) : name;
    }

    // Who has support@ somewhere is called by the whole address.
    private static string NameOf(string email) => email.Split('@')[0] is var local && LookAlikes.IsReserved(local) ? email[..Math.Min(email.Length, DisplayName.MaxLength)] : local;

    private static ProblemException WrongOldPassword() => ProblemException.Invalid("oldPassword", "is not the present password");

    private static ProblemException Taken() =>
        new(StatusCodes.Status409Conflict, "Address taken", "There is an account with this e-mail address. Log in instead.");

    private static ProblemException NoSuchUser() => new(StatusCodes.Status404NotFound, "No such user", "There is no account with this e-mail address.");
}
