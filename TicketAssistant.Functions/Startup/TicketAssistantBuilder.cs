using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Health;
using TicketAssistant.Functions.Housekeeping;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Mongo;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Functions.Storage.Transfer;
using TicketAssistant.Functions.Telemetry;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Events;
using TicketAssistant.Functions.Tickets.Stats;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Functions.Triage.Skills;
using TicketAssistant.Functions.Web;

namespace TicketAssistant.Functions.Startup;

/// <summary>The composition root.</summary>
public static class TicketAssistantBuilder
{
    /// <summary>Adds the whole app: middleware, services, start-up work.</summary>
    /// <param name="builder">The Functions application.</param>
    /// <param name="args">The command line; the app's own switch is <c>--demo</c>.</param>
    /// <exception cref="SettingException">A setting is missing or malformed.</exception>
    public static FunctionsApplicationBuilder AddTicketAssistant(this FunctionsApplicationBuilder builder, string[] args)
    {
        builder.UseMiddleware<ProblemDetailsMiddleware>();
        builder.UseMiddleware<BearerTokenMiddleware>();
        builder.AddTelemetry();

        var configuration = builder.Configuration;
        var mail = MailOptions.Read(configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddHttp(configuration)
            .AddAccounts(configuration)
            .AddMail(mail)
            .AddLimits(configuration)
            .AddSingleton<AuditTrail>()
            .AddSingleton<MailHealth>()
            .AddSingleton(s => new MailDispatch(s))
            .AddSingleton<DevMailDoor>()
            .AddSingleton(AdminLinks.Read(configuration, mail.MailDirectory is null ? null : DevMail.Path))
            .AddTriage(configuration)
            .AddStore(configuration)
            .AddEvents()
            .AddSingleton(new DemoOptions(args.Contains("--demo")))
            .AddSingleton(PurgeOptions.Read(configuration))
            .AddSingleton<RouteTable>()
            .AddSingleton<WebFiles>()
            .AddSingleton<StartupState>()
            .AddHostedService<StartupWork>();
        return builder;
    }

    private static IServiceCollection AddTriage(this IServiceCollection services, IConfiguration configuration)
    {
        var model = ModelOptions.Read(configuration);
        if (configuration.Text("Triage__AliasesFile") is { } aliases) SkillAliases.Use(AliasesFile.Read(aliases));
        services.AddSingleton(TriageOptions.Read(configuration));
        services.AddSingleton(WaitLimits.Read(configuration));
        services.AddSingleton(AcknowledgementLimits.Read(configuration));
        services.AddSingleton(model);
        services.AddSingleton(ModelGateOptions.Read(configuration));
        services.AddSingleton<ModelHealth>();
        services.AddSingleton<ModelGate>();
        services.AddSingleton(provider => new TriageTelemetry(provider.GetRequiredService<ModelGate>()));
        if (model.Enabled)
        {
            services.AddSingleton(provider => ChatClientFactory.Create(model, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton<ModelAnalyzer>();
        }

        services.AddSingleton<TeamDirectory>();
        services.AddSingleton<AnalysisRecorder>();
        services.AddSingleton<TicketIntake>();
        services.AddSingleton<Retriage>();
        services.AddSingleton<ProposalReview>();
        services.AddSingleton<TicketStats>();
        services.AddSingleton<TimelineReader>();
        return services;
    }

    private static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<StoreSignal>()
        .AddSingleton<ChangeFeed>()
        .AddSingleton(provider => new EventStreams(
            provider.GetRequiredService<ChangeFeed>(), provider.GetRequiredService<ITicketStore>(), provider.GetRequiredService<Authenticator>(),
            provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddStore(this IServiceCollection services, IConfiguration configuration)
    {
        if (MongoOptions.Read(configuration) is { } mongo) return services.AddMongoStore(mongo);
        if (configuration.Text("Local__DataDirectory") is not { } directory)
            throw new SettingException("Mongo__ConnectionString", "is required where there is no data directory (Local__DataDirectory).");

        Directory.CreateDirectory(directory);
        services.AddSingleton(provider => new SqliteStoreFile(Path.Combine(directory, "tickets.db"), provider.GetRequiredService<StoreSignal>()));
        services.AddSingleton<IUserStore, SqliteUserStore>();
        services.AddSingleton<ITicketStore, SqliteTicketStore>();
        services.AddSingleton<IMailLedger, SqliteMailLedger>();
        services.AddSingleton<IAuditLog, SqliteAuditLog>();
        services.AddSingleton<IAttemptStore, SqliteAttemptStore>();
        services.AddSingleton<IStoreTransfer, SqliteTransfer>();
        return services;
    }
}
