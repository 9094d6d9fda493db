using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Limits;

public sealed class LoginGuardTests : IAsyncDisposable
{
    private const string Email = "ann@example.org", Owner = "192.0.2.1", Stranger = "198.51.100.9";
    private static readonly Guid Id = Guid.CreateVersion7();

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly SqliteStoreFile _file;

    public LoginGuardTests() => _file = new SqliteStoreFile(_folder.File("tickets.db"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guesser_is_slowed_in_every_instance_and_the_wait_grows_to_five_minutes_and_no_further()
    {
        LoginGuard[] instances = [Guard(), Guard()];
        for (var i = 0; i < 10; i++) await instances[i % 2].BeginAsync(Email, Stranger, Id, Cancel);

        var waits = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            var refusal = await Assert.ThrowsAsync<ProblemException>(() => instances[i % 2].BeginAsync(Email, Stranger, Id, Cancel));
            Assert.Equal(429, refusal.Status);
            waits.Add(refusal.RetryAfterSeconds!.Value);
            _time.Advance(TimeSpan.FromSeconds(waits[^1]));
            await instances[i % 2].BeginAsync(Email, Stranger, Id, Cancel);
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300], waits);
        var entry = Assert.Single((await new SqliteAuditLog(_file).ListAsync(new AuditQuery(), Cancel)).Items);
        Assert.Equal((AuditAction.LoginsSlowed, Id.ToString("D")), (entry.Action, entry.Subject));
    }

    [Fact]
    public async Task A_stranger_does_not_keep_the_owner_out()
    {
        await Guard().BeginAsync(Email, Owner, Id, Cancel);
        await Guard().SucceedAsync(Email, Owner, Cancel);
        await FailAsync(Stranger, 10);
        await Assert.ThrowsAsync<ProblemException>(() => Guard().BeginAsync(Email, Stranger, Id, Cancel));

        await Guard().BeginAsync(Email, Owner, Id, Cancel); // at once
        await Guard().SucceedAsync(Email, Owner, Cancel);
    }

    [Fact]
    public async Task From_many_addresses_too_guessing_is_slow_and_the_owners_usual_address_stays_free()
    {
        await Guard().BeginAsync(Email, Owner, Id, Cancel);
        await Guard().SucceedAsync(Email, Owner, Cancel);
        var tried = 0;
        for (var i = 0; i < 200; i++)
        {
            try
            {
                await Guard().BeginAsync(Email, $"10.0.0.{i}", Id, Cancel);
                tried++;
            }
            catch (ProblemException e) when (e.Status == 429)
            {
                Assert.InRange(e.RetryAfterSeconds!.Value, 1, 30);
            }
        }

        Assert.Equal(50, tried);
        await Guard().BeginAsync(Email, Owner, Id, Cancel);
    }

    [Fact]
    public async Task An_address_without_an_account_is_treated_like_one_with()
    {
        var (known, unknown) = (new List<string>(), new List<string>());
        for (var i = 0; i < 15; i++)
        {
            known.Add(await AnswerAsync(Email, Id));
            unknown.Add(await AnswerAsync("nobody@example.org", null));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(known, unknown);
        Assert.Contains(known, answer => answer.StartsWith("429", StringComparison.Ordinal));

        async Task<string> AnswerAsync(string email, Guid? id)
        {
            try
            {
                await Guard().BeginAsync(email, Stranger, id, Cancel);
                return "goes on";
            }
            catch (ProblemException e)
            {
                return $"{e.Message} {e.RetryAfterSeconds}";
            }
        }
    }

    [Fact]
    public async Task What_is_kept_names_neither_a_person_nor_an_address()
    {
        await FailAsync(Stranger, 11, expectRefusal: true);

        await _file.DisposeAsync();
        using var connection = new SqliteConnection($"Data Source={_folder.File("tickets.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(key) FROM attempt";
        var keys = (string)command.ExecuteScalar()!;
        Assert.StartsWith("login:", keys, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", keys, StringComparison.Ordinal);
        Assert.DoesNotContain(Stranger, keys, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turned_off_it_counts_nothing()
    {
        for (var i = 0; i < 100; i++) await Guard(enabled: false).BeginAsync(Email, Stranger, Id, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    private async Task FailAsync(string from, int times, bool expectRefusal = false)
    {
        for (var i = 0; i < times; i++)
        {
            try
            {
                await Guard().BeginAsync(Email, from, Id, Cancel);
            }
            catch (ProblemException e) when (expectRefusal && e.Status == 429)
            {
                return;
            }
        }
    }

    private LoginGuard Guard(bool enabled = true) => new(
        new SqliteAttemptStore(_file),
        new SqliteAuditLog(_file),
        new LimitOptions { Enabled = enabled },
        new JwtOptions(Encoding.UTF8.GetBytes(new string('s', 32)), "i", "a", TimeSpan.FromHours(1)),
        _time);
}
