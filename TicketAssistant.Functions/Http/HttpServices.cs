using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Http;

/// <summary>What the HTTP middleware needs.</summary>
internal static class HttpServices
{
    /// <summary>Adds <see cref="Cors"/> and <see cref="FunctionAccess"/>.</summary>
    /// <exception cref="SettingException">A setting is malformed.</exception>
    /// <exception cref="InvalidOperationException">An HTTP function of the app doesn't say who may call it.</exception>
    public static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(Cors.Read(configuration))
        .AddSingleton(new FunctionAccess(typeof(HttpServices).Assembly.GetTypes()));
}
