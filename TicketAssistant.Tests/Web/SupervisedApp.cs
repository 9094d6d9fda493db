using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Web;

/// <summary>Another app beside the fixture's: with a model, and in supervised mode.</summary>
public sealed class SupervisedApp : IAsyncLifetime
{
    /// <summary>A skill that the moderator of this app has.</summary>
    public const string Skill = "Kafka";

    private readonly TempFolder _folder = new();
    private FakeModelServer _model = null!;

    internal LocalHostHarness App { get; private set; } = null!;

    internal Person Admin { get; private set; } = null!;

    internal Person Moderator { get; private set; } = null!;

    internal Person Requester { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        App = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
        {
            ["Gemini__Endpoint"] = _model.Endpoint.ToString(),
            ["Triage__Mode"] = "supervised",
            ["Triage__ConfirmBelow"] = "0.5",
            ["Triage__ConfirmMinutes"] = "45",
            ["Triage__MaxAttempts"] = "1",
        });
        Admin = await LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await Admin.Api.AddModeratorAsync("kim@example.com", Skill);
        Moderator = await LogInAsync("kim@example.com", WebFixture.Password);
        await new ApiClient(App.Client).SignUpAsync("rita@example.com");
        Requester = await LogInAsync("rita@example.com", WebFixture.Password);
    }

    /// <summary>Posts a ticket of whose analysis the model is not sure; it waits for a person.</summary>
    internal async Task<string> ProposeAsync(string title)
    {
        var answer = FakeModelReply.Analysis("bug", "high", Skill);
        answer["confidence"] = 0.2;
        _model.Otherwise = _ => FakeModelReply.Answer(answer.ToJsonString());
        var id = await Requester.PostAsync(title, $"The {Skill} consumer lags.");
        await Admin.Api.WaitForTicketAsync(id, ticket => StateOf(ticket) == "awaiting_confirmation");
        return id;
    }

    /// <summary>Posts a ticket while the model is down, and has the model back afterwards.</summary>
    internal async Task<string> FallBackAsync(string title)
    {
        _model.Otherwise = _ => FakeModelReply.Blocked;
        var id = await Requester.PostAsync(title, $"{Skill} is down for everybody in production since noon, we are losing orders.");
        await Admin.Api.WaitForTicketAsync(id, ticket => StateOf(ticket) == "fallback");
        _model.Otherwise = _ => FakeModelReply.Good("incident", "urgent", Skill);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _model.DisposeAsync();
        _folder.Dispose();
    }

    internal static string StateOf(System.Text.Json.JsonElement ticket) => ticket.GetProperty("triage").GetProperty("state").GetString()!;

    private async Task<Person> LogInAsync(string email, string password) =>
        Person.Of(App.Client, (await new ApiClient(App.Client).PostAsync("/api/auth/login", new { email, password })).Json);
}
