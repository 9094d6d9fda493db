using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage.Sqlite;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

public sealed class LookAlikesTests
{
    [Theory]
    [InlineData("Admin")]
    [InlineData("ADMIN")]
    [InlineData("a d m i n")]
    [InlineData("Adm1n")]
    [InlineData("Admln")]
    [InlineData("Аdmin")] // Cyrillic
    [InlineData("Αdmin")] // Greek
    [InlineData("Ａｄｍｉｎ")]
    [InlineData("Ádmín")]
    [InlineData("A\u0301dmin")]
    [InlineData("Adrnin")]
    [InlineData("Support-Team")]
    [InlineData("5upport")]
    [InlineData("No Reply")]
    [InlineData("Ticket Assistant")]
    public void What_people_would_take_for_a_role_is_reserved(string name) => Assert.True(LookAlikes.IsReserved(name), LookAlikes.Skeleton(name));

    [Theory]
    [InlineData("Ann")]
    [InlineData("Adam Inman")]
    [InlineData("Administrata")]
    [InlineData("Андрей")]
    [InlineData("Supporter Sue")]
    [InlineData("山田")]
    public void Other_names_are_free(string name) => Assert.False(LookAlikes.IsReserved(name));

    [Fact]
    public async Task Nobody_is_called_like_an_admin_that_there_is_however_it_is_spelt()
    {
        using var folder = new TempFolder();
        await using var file = new SqliteStoreFile(folder.File("tickets.db"));
        var users = new SqliteUserStore(file);
        var cancel = TestContext.Current.CancellationToken;
        await users.InsertIfAbsentAsync(
            new User { Id = Guid.CreateVersion7(), Email = "boss@example.org", Name = "Olga Boss", PasswordHash = "", Role = Role.Admin, CreatedAt = DateTimeOffset.UnixEpoch }, cancel);

        foreach (var name in (string[])["Olga Boss", "olga boss", "0lga B0ss", "Оlgа Bоss", "OlgaBoss"]) Assert.True(await LookAlikes.IsOneAsync(users, name, cancel), name);
        foreach (var name in (string[])["Olga Bass", "Olga", "Boss"]) Assert.False(await LookAlikes.IsOneAsync(users, name, cancel), name);
    }
}
