using System.Net;
using System.Text.RegularExpressions;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Security;

/// <summary>Promises of docs/security.md that belong to no single part; and that the document names tests that there are.</summary>
public sealed partial class SecurityPromisesTests
{
    [Fact]
    public void Every_test_that_the_document_names_is_there()
    {
        var named = NamedTest().Matches(SourceTree.Read("docs", "security.md")).Select(match => match.Groups[1].Value).Distinct().ToList();
        var there = typeof(SecurityPromisesTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods()
                .Where(method => method.GetCustomAttributes(inherit: true).OfType<FactAttribute>().Any())
                .Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 50, $"The document names {named.Count} tests.");
        Assert.All(named, test => Assert.True(there.Contains(test), $"docs/security.md names {test}, which is no test."));
    }

    [Fact]
    public void Every_promise_of_the_document_names_a_test()
    {
        var promises = SourceTree.Read("docs", "security.md").Split('\n')
            .SkipWhile(line => !line.StartsWith("## What is promised", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Promise", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(promises);
        Assert.All(promises, line => Assert.Matches(NamedTest(), line));
    }

    [Fact]
    public async Task Secrets_are_not_logged_even_when_everything_is()
    {
        const string password = "a secret of my own", wrong = "a secret mistyped", changed = "another secret of mine";
        using var folder = new TempFolder();
        await using var app = new AppProcess(folder, new Dictionary<string, string?>
        {
            ["Logging__LogLevel__Default"] = "Trace",
            ["Jwt__Secret"] = "the-secret-of-the-signature-0123456789",
            ["Local__ManagementKey"] = "the-key-of-the-management-api-0123456789",
            ["Smtp__Host"] = "127.0.0.1",
            ["Smtp__Port"] = "9", // nobody is there: the failure is logged
            ["Smtp__User"] = "mailer",
            ["Smtp__Password"] = "the-password-of-the-mail-server",
        });
        await app.StartAsync(waitUntilReady: false);
        using var http = new HttpClient { BaseAddress = app.BaseAddress };
        var client = new ApiClient(http);
        for (var i = 0; i < 300 && !await AnswersAsync(client); i++) await Task.Delay(100, TestContext.Current.CancellationToken);

        var ann = await client.SignUpAsync("ann@example.org", password);
        await client.PostAsync("/api/auth/login", new { email = "ann@example.org", password = wrong });
        await client.PostAsync("/api/auth/login", $$"""{"email":"ann@example.org","password":"{{wrong}}","password":1}""");
        await ann.SendAsync(HttpMethod.Patch, "/api/auth/me", new { password = changed, oldPassword = password });
        var again = await client.LogInAsync("ann@example.org", changed);
        await again.PostAsync("/api/tickets", new { title = "VPN", description = "It is down." });
        await client.PostAsync("/api/auth/reset", new { token = "no-token-of-ours", password = changed });
        await client.GetAsync("/runtime/webhooks/durabletask/instances?code=the-key-of-the-management-api-0123456789");
        await Task.Delay(2000, TestContext.Current.CancellationToken); // the mail is tried meanwhile

        var output = app.Output;
        Assert.Contains("ann@example.org", (await again.GetAsync("/api/auth/me")).Text, StringComparison.Ordinal);
        Assert.NotEqual("", output);
        foreach (var secret in (string[])
                 [
                     password, wrong, changed, AppProcess.AdminPassword, ann.Token!, again.Token!, "the-secret-of-the-signature",
                     "the-key-of-the-management-api", "the-password-of-the-mail-server",
                 ])
        {
            Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ids_cannot_be_guessed_from_one_another()
    {
        var requester = Guid.CreateVersion7();
        var ids = Enumerable.Range(0, 2000).Select(_ => TicketId.For(requester, null)).ToList();

        // Behind the time there are 74 bits by chance: each of them is set in about half of the ids.
        var bytes = ids.Select(id => id.ToByteArray(bigEndian: true)).ToList();
        for (var bit = 66; bit < 128; bit++)
        {
            var set = bytes.Count(id => (id[bit / 8] >> (7 - bit % 8) & 1) == 1);
            Assert.InRange(set, 800, 1200);
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.NotEqual(TicketId.For(requester, "key"), TicketId.For(Guid.CreateVersion7(), "key"));
        Assert.NotEqual(TicketId.For(requester, "key"), TicketId.For(requester, "kez"));
    }

    [Fact]
    public void No_pattern_is_made_of_what_users_or_the_model_write()
    {
        var app = Path.Combine(SourceTree.Root, "TicketAssistant.Functions");
        var made = new List<string>();
        foreach (var file in Directory.EnumerateFiles(app, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("BsonRegularExpression", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"$regex\"", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(StaticRegex(), text);
            made.AddRange(RegexOfVariable().Matches(text).Select(_ => Path.GetFileName(file)));
        }

        // What an admin writes for a person's skills, without backtracking: SkillClaimTests.Only_an_admin_may_write_a_pattern.
        Assert.Equal(["SkillPattern.cs"], made);
        Assert.Contains("RegexOptions.NonBacktracking", SourceTree.Read("TicketAssistant.Functions", "Triage", "Skills", "SkillPattern.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listed_origin_may_send_every_method_that_the_API_has()
    {
        using var folder = new TempFolder();
        await using var app = await InProcessApp.StartAsync(folder.Path, new Dictionary<string, string?> { ["Http__AllowedOrigins"] = "https://desk.example.org" });

        var reply = await new ApiClient(app.Client).SendAsync(
            HttpMethod.Options, "/api/tickets", null, ("Origin", "https://desk.example.org"), ("Access-Control-Request-Method", "DELETE"));

        Assert.Equal("https://desk.example.org", reply.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(["DELETE", "GET", "PATCH", "POST"], reply.Headers.GetValues("Access-Control-Allow-Methods").Single().Split(", ").Order());
        Assert.False(reply.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    private static async Task<bool> AnswersAsync(ApiClient client)
    {
        try
        {
            return (await client.GetAsync("/api/health")).Status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    [GeneratedRegex(@"`([A-Z][A-Za-z0-9]+\.[A-Z0-9][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"Regex\.(IsMatch|Match|Matches|Replace|Split)\([^,()]+, [a-z_]")]
    private static partial Regex StaticRegex();

    [GeneratedRegex(@"new Regex\((?!@?"")")]
    private static partial Regex RegexOfVariable();
}
