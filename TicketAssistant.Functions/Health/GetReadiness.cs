using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Startup;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Model;

namespace TicketAssistant.Functions.Health;

/// <summary>GET /api/health/ready: readiness.</summary>
public sealed class GetReadiness
{
    // Never scheduled: asking for it shows that the durable store answers.
    private const string ProbeInstance = "readiness-probe";

    private readonly IUserStore _users;
    private readonly StartupState _startup;
    private readonly MailHealth _mail;
    private readonly ModelHealth _model;
    private readonly ModelOptions _modelOptions;
    private readonly ModelGate _gate;
    private readonly TriageOptions _triage;
    private readonly AdminLinks _links;
    private readonly Authenticator _authenticator;
    private readonly ILogger<GetReadiness> _logger;

    /// <summary>For the container.</summary>
    public GetReadiness(IServiceProvider services)
    {
        _users = services.GetRequiredService<IUserStore>();
        _startup = services.GetRequiredService<StartupState>();
        _mail = services.GetRequiredService<MailHealth>();
        _model = services.GetRequiredService<ModelHealth>();
        _modelOptions = services.GetRequiredService<ModelOptions>();
        _gate = services.GetRequiredService<ModelGate>();
        _triage = services.GetRequiredService<TriageOptions>();
        _links = services.GetRequiredService<AdminLinks>();
        _authenticator = services.GetRequiredService<Authenticator>();
        _logger = services.GetRequiredService<ILogger<GetReadiness>>();
    }

    /// <summary>200 when tickets can be accepted and worked on; 503 otherwise. The token of staff shows how triage is set, an admin's also what is wrong with the model and where to look further.</summary>
    [Function(nameof(GetReadiness))]
    [Access(Access.Anyone)]
    [Operation("Whether tickets can be accepted and worked on")]
    [Reply(200, "They can.", typeof(ReadinessReply))]
    [Reply(503, "They can't.", typeof(ReadinessReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health/ready")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var store = _startup.IsComplete && await AnswersAsync("store", () => _users.GetDirectoryVersionAsync(cancellationToken));
        var engine = await AnswersAsync("durable", () => durable.GetInstanceAsync(ProbeInstance, cancellationToken));
        var viewer = store ? await FindViewerAsync(request, cancellationToken) : null;
        var reply = new ReadinessReply(
            store && engine ? "ready" : "not_ready",
            store ? "ok" : "unavailable",
            engine ? "ok" : "unavailable",
            _mail.IsFailing ? "failing" : "ok",
            ModelState(),
            viewer is { Role: Role.Admin } ? _model.ConfigurationError : null,
            viewer is { Role: >= Role.Moderator } ? TriageModeView.Of(_triage) : null,
            viewer is { Role: Role.Admin } ? _links : null);
        return store && engine ? JsonResults.Ok(reply) : JsonResults.Json(reply, 503);
    }

    private string ModelState()
    {
        if (!_modelOptions.Enabled) return "offline";
        if (_model.ConfigurationError is not null) return "misconfigured";
        return _gate.IsOpen ? "unavailable" : "ok";
    }

    /// <summary>Who asks; null for nobody, and where the store went away just now.</summary>
    private async Task<User?> FindViewerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _authenticator.FindUserAsync(request, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private async Task<bool> AnswersAsync(string part, Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _logger.LogWarning("Not ready: the {Part} does not answer: {Reason}", part, e.Message);
            return false;
        }
    }
}
