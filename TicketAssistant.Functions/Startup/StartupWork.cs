using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Mongo;
using TicketAssistant.Functions.Triage.Model;

namespace TicketAssistant.Functions.Startup;

/// <summary>
/// What has to be done once before the app is ready: the first admin. A store that is away is waited for; until then the
/// app runs, not ready. Safe in any number of instances at once.
/// </summary>
public sealed class StartupWork : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly FirstAdmin _firstAdmin;
    private readonly AdminOptions _admin;
    private readonly MailOptions _mail;
    private readonly ModelOptions _model;
    private readonly MongoOptions? _mongo;
    private readonly StartupState _state;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger _logger;

    /// <summary>For the container.</summary>
    public StartupWork(IServiceProvider services)
    {
        _firstAdmin = services.GetRequiredService<FirstAdmin>();
        _admin = services.GetRequiredService<AdminOptions>();
        _mail = services.GetRequiredService<MailOptions>();
        _model = services.GetRequiredService<ModelOptions>();
        _mongo = services.GetService<MongoOptions>();
        _state = services.GetRequiredService<StartupState>();
        _time = services.GetRequiredService<TimeProvider>();
        _lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("TicketAssistant");
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await MakeReadyAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Where the start has failed elsewhere, which is said there, the host does not know this for its own stop and would log it.
        }
    }

    private async Task MakeReadyAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                if (await _firstAdmin.EnsureAsync(stoppingToken)) _logger.LogInformation("Created the first admin, {Email}.", _admin.Email);
                break;
            }
            catch (SettingException e)
            {
                // Only the store could tell that the setting is wrong: the same end as for one that is seen to be at once.
                _logger.LogCritical("{Problem}", e.Message);
                Environment.ExitCode = 1;
                _lifetime.StopApplication();
                return;
            }
            catch (StoreUnavailableException e)
            {
                _logger.LogWarning("Not ready: the store is away ({Reason}); trying again.", e.Message);
                await Task.Delay(RetryDelay, _time, stoppingToken);
            }
        }

        _state.Complete();
        _logger.LogInformation("Analyser: {Analyser}", _model.Enabled ? _model.ToString() : "offline (set Gemini__ApiKey to use Gemini)");
        _logger.LogInformation("Store: {Store}", _mongo?.ToString() ?? "SQLite file in the data directory");
        _logger.LogInformation("Mail: {Mail}", _mail.SmtpHost is not null ? $"SMTP server {_mail.SmtpHost}:{_mail.SmtpPort}" : $"files in {_mail.MailDirectory}, to be read at {_mail.AppUrl}dev/mail");
    }
}
