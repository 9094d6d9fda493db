using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Limits;

/// <summary>Puts the limits together.</summary>
internal static class LimitServices
{
    /// <summary>Adds <see cref="RateLimits"/> and <see cref="LoginGuard"/>; needs the accounts and a store.</summary>
    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(LimitOptions.Read(configuration))
        // Public for the functions that take it, made of parts that need not be.
        .AddSingleton(provider => new RateLimits(provider.GetRequiredService<LimitOptions>()))
        .AddSingleton<LoginGuard>();
}
