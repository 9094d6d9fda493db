using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Makes the account that makes all others.</summary>
internal sealed class FirstAdmin(IUserStore users, Passwords passwords, AdminOptions options, TimeProvider time)
{
    /// <summary>Always the same, so that of several instances that start at once one makes the account.</summary>
    public static readonly Guid Id = new("00000000-0000-7000-8000-000000000001");

    /// <summary>Creates the first admin if there never was one; true where this call did. Does not touch an existing one.</summary>
    /// <exception cref="StoreUnavailableException">Not known; call it again later.</exception>
    /// <exception cref="SettingException">The address belongs to another account.</exception>
    public async Task<bool> EnsureAsync(CancellationToken cancellationToken)
    {
        if (await ExistsAsync(cancellationToken)) return false; // and no hash is spent on each start
        var admin = new User
        {
            Id = Id,
            Email = options.Email,
            Name = "Admin",
            PasswordHash = await passwords.HashAsync(options.Password, cancellationToken),
            Role = Role.Admin,
            EmailConfirmed = true,
            CreatedAt = time.GetStoreNow(),
        };
        if (await users.InsertIfAbsentAsync(admin, cancellationToken)) return true;
        if (await ExistsAsync(cancellationToken)) return false; // another instance was faster
        throw new SettingException("Admin__Email", $"{options.Email} belongs to another account; name another address for the first admin.");
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        await users.FindAsync(Id, cancellationToken) is not null;
}
