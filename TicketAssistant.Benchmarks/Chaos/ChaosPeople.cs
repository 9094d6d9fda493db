using System.Text.Json;
using TicketAssistant.Benchmarks.Load;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>The people of a run: an admin, moderators with skills, requesters with confirmed addresses.</summary>
internal sealed record ChaosPeople(Person Admin, IReadOnlyList<Person> Moderators, IReadOnlyList<Person> Requesters)
{
    public static async Task<ChaosPeople> CreateAsync(LoadClient client)
    {
        var team = await Team.CreateAsync(client, moderators: 6, requesters: 4);
        var requesters = new List<Person>();
        foreach (var token in team.Requesters)
        {
            // Whoever was staff once has a confirmed address: requesters, too, are to get their mails.
            var email = (await FindAsync(client, token)).Email;
            foreach (var role in (string[])["moderator", "user"]) await client.MustAsync(HttpMethod.Post, "/api/auth/update-user", team.Admin, new { email, role });
            var reply = await client.MustAsync(HttpMethod.Post, "/api/auth/login", null, new { email, password = Team.Password });
            requesters.Add(await FindAsync(client, reply.GetProperty("token").GetString()!));
        }

        return new ChaosPeople(
            await FindAsync(client, team.Admin),
            await Task.WhenAll(team.Moderators.Select(token => FindAsync(client, token))),
            requesters);
    }

    private static async Task<Person> FindAsync(LoadClient client, string token)
    {
        JsonElement user = (await client.MustAsync(HttpMethod.Get, "/api/auth/me", token)).GetProperty("user");
        return new Person(user.GetProperty("id").GetGuid(), user.GetProperty("email").GetString()!, token);
    }
}
