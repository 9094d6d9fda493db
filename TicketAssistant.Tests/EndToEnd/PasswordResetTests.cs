using System.Net;
using System.Text.RegularExpressions;
using MimeKit;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>A forgotten password, from the mail to the log-in; and what does not work.</summary>
public sealed partial class PasswordResetTests : IAsyncLifetime
{
    private const string Email = "rita@example.org", Old = "the old password", New = "a brand new one";

    private readonly TempFolder _folder = new();
    private LocalHostHarness _app = null!;
    private ApiClient _anonymous = null!;
    private ApiClient _admin = null!;
    private ApiClient _rita = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await InProcessApp.StartAsync(_folder.Path);
        _anonymous = new ApiClient(_app.Client);
        _admin = await _anonymous.LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        _rita = await _anonymous.SignUpAsync(Email, Old);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_link_in_the_mail_sets_a_new_password_once_and_logs_everybody_out()
    {
        await ConfirmAsync();
        Assert.Equal(HttpStatusCode.Accepted, (await ForgotAsync(" Rita@Example.org")).Status);
        var mail = await MailAsync("reset");
        var token = Token().Match(mail.TextBody!).Groups[1].Value;
        Assert.Contains("/reset-password#token=", mail.HtmlBody, StringComparison.Ordinal);

        (await ResetAsync(token, "short")).IsProblem(HttpStatusCode.BadRequest);
        (await ResetAsync(token, "password123")).IsProblem(HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.NoContent, (await ResetAsync(token, New)).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await _rita.GetAsync("/api/auth/me")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _anonymous.PostAsync("/api/auth/login", new { email = Email, password = Old })).Status);
        await _anonymous.LogInAsync(Email, New);
        Assert.True((await ResetAsync(token, "yet another one")).IsProblem(HttpStatusCode.BadRequest).GetProperty("errors").TryGetProperty("token", out _));
        Assert.Equal(
            ["password_reset", "password_reset_requested"],
            (await _admin.ListAllAsync("/api/audit", "entries")).Select(e => e.GetProperty("action").GetString()!));
    }

    [Fact]
    public async Task Of_two_who_use_a_link_at_once_one_sets_the_password()
    {
        await ConfirmAsync();
        await ForgotAsync(Email);
        var token = Token().Match((await MailAsync("reset")).TextBody!).Groups[1].Value;

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ResetAsync(token, $"{New} {i}")));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.NoContent);
        Assert.Equal(5, replies.Count(reply => reply.Status == HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Every_address_gets_the_same_answer_and_only_a_confirmed_one_a_mail()
    {
        var answers = new List<ApiReply> { await ForgotAsync(Email), await ForgotAsync("nobody@example.org"), await ForgotAsync(AppProcess.AdminEmail) };

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Accepted, ""), (answer.Status, answer.Text)));
        await MailAsync("reset"); // the admin's
        var sent = Assert.Single(Files("reset"));
        Assert.Contains(AppProcess.AdminEmail, await File.ReadAllTextAsync(sent, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var suppressed = await PollAsync(async () => (await _admin.ListAllAsync("/api/mails?state=suppressed", "mails")).Where(m => m.GetProperty("kind").GetString() == "reset").ToList(), list => list.Count > 0);
        Assert.Single(suppressed);
        (await ForgotAsync("no address")).IsProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_closed_account_gets_no_mail_and_its_link_is_dead()
    {
        await ConfirmAsync();
        await ForgotAsync(Email);
        var token = Token().Match((await MailAsync("reset")).TextBody!).Groups[1].Value;
        await _admin.PostAsync("/api/auth/update-user", new { email = Email, active = false });

        (await ResetAsync(token, New)).IsProblem(HttpStatusCode.BadRequest);
    }

    private Task<ApiReply> ForgotAsync(string email) => _anonymous.PostAsync("/api/auth/forgot", new { email });

    private Task<ApiReply> ResetAsync(string token, string password) => _anonymous.PostAsync("/api/auth/reset", new { token, password });

    private async Task ConfirmAsync()
    {
        var token = ConfirmToken().Match((await MailAsync("welcome")).TextBody!).Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await _anonymous.PostAsync("/api/auth/confirm", new { token })).Status);
    }

    private string[] Files(string kind) => [.. Directory.EnumerateFiles(_folder.File("mail"), "*.eml").Where(file => Path.GetFileName(file).Contains($"{kind}.", StringComparison.Ordinal))];

    private async Task<MimeMessage> MailAsync(string kind)
    {
        var files = await PollAsync(() => Task.FromResult(Directory.Exists(_folder.File("mail")) ? Files(kind) : []), found => found.Length > 0);
        return await MimeMessage.LoadAsync(files[0]);
    }

    private static async Task<T> PollAsync<T>(Func<Task<T>> read, Func<T, bool> done)
    {
        for (var i = 0; i < 400; i++)
        {
            var value = await read();
            if (done(value)) return value;
            await Task.Delay(50);
        }

        Assert.Fail("It did not come that far within 20 s.");
        return default;
    }

    [GeneratedRegex("reset-password#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Token();

    [GeneratedRegex("confirm\\?token=([A-Za-z0-9_-]+)")]
    private static partial Regex ConfirmToken();
}
