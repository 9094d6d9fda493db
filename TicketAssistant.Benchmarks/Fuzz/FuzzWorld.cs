using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TicketAssistant.Benchmarks.Load;

namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>
/// The people of a fuzz run: a user who attacks, and another one whose name, tickets and comments, like what staff says internally of
/// the attacker's tickets, carry a mark that the attacker must never see.
/// </summary>
internal sealed class FuzzWorld : IDisposable
{
    /// <summary>The id of no ticket.</summary>
    public const string Nowhere = "0193a5c1-0000-7000-8000-00000000dead";

    private const string Password = "a long password";

    private static readonly string[] s_skills = ["React"];

    private readonly LoadClient _client;
    private readonly string _admin;
    private readonly SemaphoreSlim _renewing = new(1);
    private string _moderator = "";
    private int _people;

    private volatile Attacker _attacker = new("", []);

    private FuzzWorld(LoadClient client, int port, string admin) => (_client, Port, _admin) = (client, port, admin);

    public int Port { get; }

    /// <summary>What the attacker must never see.</summary>
    public string Mark { get; } = $"mark{Guid.NewGuid():N}";

    /// <summary>A ticket of the other user.</summary>
    public string Foreign { get; private set; } = "";

    public IReadOnlyList<string> OwnTickets => _attacker.Tickets;

    public static async Task<FuzzWorld> CreateAsync(LoadClient client, int port)
    {
        var admin = await client.MustAsync(HttpMethod.Post, "/api/auth/login", null, new { email = AppUnderTest.AdminEmail, password = AppUnderTest.AdminPassword });
        var world = new FuzzWorld(client, port, admin.GetProperty("token").GetString()!);
        // Whom the document's examples speak of.
        await client.MustAsync(HttpMethod.Post, "/api/auth/signup", null, new { email = "mia@example.com", password = Password });
        await world.RenewModeratorAsync("");
        await world.RenewUserAsync("");

        var other = await world.SignUpAsync($"{world.Mark}@example.com", world.Mark);
        for (var i = 0; i < 3; i++)
        {
            var ticket = await world.PostAsync(other, $"{world.Mark} fails", $"Our {world.Mark} server is down, and the pay button in Safari too.");
            await client.MustAsync(HttpMethod.Post, $"/api/tickets/{ticket}/comments", other, new { body = $"Still {world.Mark}." });
            world.Foreign = ticket;
        }

        return world;
    }

    public string TokenOf(Caller caller) => caller switch
    {
        Caller.User => _attacker.Token,
        Caller.Moderator => _moderator,
        Caller.Admin => _admin,
        _ => "",
    };

    /// <summary>The example with what must be new in each request.</summary>
    public JsonNode Fill(ApiOperation operation, JsonNode example)
    {
        var body = example.DeepClone();
        if (operation.Id == "Signup") body["email"] = string.Create(CultureInfo.InvariantCulture, $"new{Interlocked.Increment(ref _people)}@example.com");
        return body;
    }

    /// <summary>A new token in place of one that has died, by whatever was tried.</summary>
    public async Task RenewAsync(Caller caller, string dead)
    {
        await _renewing.WaitAsync();
        try
        {
            if (caller == Caller.User) await RenewUserAsync(dead);
            else if (caller == Caller.Moderator) await RenewModeratorAsync(dead);
        }
        finally
        {
            _renewing.Release();
        }
    }

    public void Dispose() => _renewing.Dispose();

    private async Task RenewUserAsync(string dead)
    {
        if (_attacker.Token != dead) return;
        var token = await SignUpAsync(NewEmail("attacker"), "Attacker");
        var tickets = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            tickets.Add(await PostAsync(token, "Pay button does nothing in Safari", "Since the release the pay button in our React checkout does nothing."));
            await _client.MustAsync(HttpMethod.Post, $"/api/tickets/{tickets[^1]}/comments", _admin, new { body = $"Between us: {Mark}.", @internal = true });
        }

        _attacker = new Attacker(token, tickets);
    }

    private async Task RenewModeratorAsync(string dead)
    {
        if (_moderator != dead) return;
        var email = NewEmail("moderator");
        await SignUpAsync(email, "Morgan");
        await _client.MustAsync(HttpMethod.Post, "/api/auth/update-user", _admin, new { email, role = "moderator", skills = s_skills });
        var login = await _client.MustAsync(HttpMethod.Post, "/api/auth/login", null, new { email, password = Password });
        _moderator = login.GetProperty("token").GetString()!;
    }

    private async Task<string> SignUpAsync(string email, string name)
    {
        JsonElement session = await _client.MustAsync(HttpMethod.Post, "/api/auth/signup", null, new { email, password = Password, name });
        return session.GetProperty("token").GetString()!;
    }

    private async Task<string> PostAsync(string token, string title, string description)
    {
        var reply = await _client.MustAsync(HttpMethod.Post, "/api/tickets", token, new { title, description });
        return reply.GetProperty("ticket").GetProperty("id").GetString()!;
    }

    private static string NewEmail(string name) => $"{name}-{Guid.NewGuid():N}@example.com";

    private sealed record Attacker(string Token, IReadOnlyList<string> Tickets);
}
