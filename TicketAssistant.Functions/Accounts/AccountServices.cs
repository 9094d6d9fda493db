using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Puts the accounts together.</summary>
internal static class AccountServices
{
    /// <summary>Adds <see cref="AccountService"/>, <see cref="Tokens"/> and <see cref="FirstAdmin"/>; needs a <see cref="TimeProvider"/> and a store.</summary>
    /// <exception cref="SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(PasswordOptions.Read(configuration))
        .AddSingleton(JwtOptions.Read(configuration))
        .AddSingleton(AdminOptions.Read(configuration))
        .AddSingleton<Passwords>()
        .AddSingleton<Tokens>()
        .AddSingleton<ConfirmationTokens>()
        .AddSingleton<ResetTokens>()
        .AddSingleton<Authenticator>()
        .AddSingleton<FirstAdmin>()
        .AddSingleton(s => new AddressConfirmation(
            s.GetRequiredService<IUserStore>(), s.GetRequiredService<IMailLedger>(), s.GetRequiredService<ConfirmationTokens>(), s.GetRequiredService<MailOptions>(), s.GetRequiredService<TimeProvider>()))
        // Public for the functions that take it, made of parts that need not be.
        .AddSingleton(s => new PasswordReset(
            s.GetRequiredService<IUserStore>(), s.GetRequiredService<Passwords>(), s.GetRequiredService<ResetTokens>(), s.GetRequiredService<LoginGuard>(), s.GetRequiredService<TimeProvider>()))
        .AddSingleton(s => new AccountService(
            s.GetRequiredService<IUserStore>(), s.GetRequiredService<Passwords>(), s.GetRequiredService<Tokens>(), s.GetRequiredService<LoginGuard>(), s.GetRequiredService<TimeProvider>()));
}
