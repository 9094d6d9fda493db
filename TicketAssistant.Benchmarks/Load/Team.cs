using System.Globalization;
using System.Text.Json;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>The people of a measurement and their tokens.</summary>
/// <param name="Admin">The first admin's token.</param>
/// <param name="Moderators">The moderators' tokens.</param>
/// <param name="Requesters">The requesters' tokens.</param>
internal sealed record Team(string Admin, IReadOnlyList<string> Moderators, IReadOnlyList<string> Requesters)
{
    /// <summary>Everybody's but the admin's.</summary>
    public const string Password = "a long password";

    // What the tickets of a measurement ask for, so that the analyser, the matching and the mail have their usual work.
    private static readonly string[][] s_skills =
    [
        ["Kubernetes", "Docker"], ["PostgreSQL", "SQL"], ["Billing"], ["React", "TypeScript"], ["Networking", "VPN"],
        ["Python", "Django"], ["Java", "Spring"], ["Active Directory", "Account access"],
    ];

    private static readonly (string Title, string Description)[] s_tickets =
    [
        ("Pods are evicted since this morning", "Since the update of the cluster our Kubernetes pods in the shop namespace are evicted every ten minutes; the node reports disk pressure. Customers see errors at checkout."),
        ("Slow query on the orders table", "The PostgreSQL query behind the monthly report takes 40 seconds since the last import. EXPLAIN shows a sequential scan over 12 million rows. Can somebody look at the index?"),
        ("Invoice shows the wrong VAT", "The invoice of October charges 21 % VAT, but we are in Germany and have given our VAT id. Please correct it and send a new one."),
        ("Page stays white after login", "After signing in the React dashboard stays white; the console says 'TypeError: Cannot read properties of undefined (reading map)'. It works in a private window."),
        ("VPN drops every half hour", "The VPN client disconnects every 30 minutes on Windows 11 and then asks for the second factor again. Colleagues on macOS are fine."),
        ("Celery worker stops without an error", "Our Django application's Python worker stops taking jobs from the queue overnight. There is nothing in the log but 'Warm shutdown'."),
        ("OutOfMemoryError in the export", "java.lang.OutOfMemoryError: Java heap space\n\tat java.base/java.util.Arrays.copyOf(Arrays.java:3537)\n\tat com.example.export.CsvWriter.write(CsvWriter.java:81)\nThe export of all customers fails every night."),
        ("Please give our new colleague access", "Our new colleague starts on Monday and needs an account in Active Directory and membership in the group for the finance share."),
        ("How do I export my data?", "I would like to download everything that I have entered as a spreadsheet. I could not find it in the settings. No hurry."),
    ];

    /// <summary>Signs everybody up; costs a quarter of a second of hashing a head.</summary>
    public static async Task<Team> CreateAsync(LoadClient client, int moderators, int requesters)
    {
        var admin = await LogInAsync(client, AppUnderTest.AdminEmail, AppUnderTest.AdminPassword);
        var staff = new List<string>();
        for (var i = 0; i < moderators; i++)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"moderator{i}@example.com");
            await client.MustAsync(HttpMethod.Post, "/api/auth/signup", null, new { email, password = Password });
            await client.MustAsync(HttpMethod.Post, "/api/auth/update-user", admin, new { email, role = "moderator", skills = s_skills[i % s_skills.Length] });
            staff.Add(await LogInAsync(client, email, Password));
        }

        var users = new List<string>();
        for (var i = 0; i < requesters; i++)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"requester{i}@example.com");
            var signedUp = await client.MustAsync(HttpMethod.Post, "/api/auth/signup", null, new { email, password = Password });
            users.Add(signedUp.GetProperty("token").GetString()!);
        }

        return new Team(admin, staff, users);
    }

    /// <summary>The body of the n-th ticket as JSON.</summary>
    public static byte[] Ticket(int number)
    {
        var (title, description) = s_tickets[number % s_tickets.Length];
        return JsonSerializer.SerializeToUtf8Bytes(new { title = string.Create(CultureInfo.InvariantCulture, $"{title} ({number})"), description });
    }

    private static async Task<string> LogInAsync(LoadClient client, string email, string password)
    {
        var reply = await client.MustAsync(HttpMethod.Post, "/api/auth/login", null, new { email, password });
        return reply.GetProperty("token").GetString()!;
    }
}
