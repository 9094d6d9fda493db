using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>How the process ends when it cannot start.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    // One of each subject; what is malformed in detail is tested where each is read.
    [Theory]
    [InlineData("Smtp__Port", "abc")]
    [InlineData("Jwt__Secret", "too short")]
    [InlineData("Admin__Password", "short")]
    [InlineData("Triage__Mode", "sometimes")]
    [InlineData("Http__AllowedOrigins", "*")]
    public async Task A_malformed_setting_is_named_in_one_line_and_the_exit_code_is_1(string setting, string value)
    {
        await using var app = new AppProcess(_folder, new Dictionary<string, string?> { [setting] = value });
        await app.StartAsync(waitUntilReady: false);

        Assert.Equal(1, await app.WaitForExitAsync(TimeSpan.FromSeconds(20)));

        var line = Assert.Single(app.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.StartsWith(setting + ": ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_address_that_belongs_to_somebody_else_ends_the_process_with_exit_code_1()
    {
        await using (var before = new AppProcess(_folder))
        {
            await before.StartAsync();
            using var http = new HttpClient { BaseAddress = before.BaseAddress };
            await new ApiClient(http).SignUpAsync("taken@example.com");
        }

        File.Delete(Path.Combine(_folder.Path, "durable.db"));
        await ForgetTheAdminAsync();
        await using var app = new AppProcess(_folder, new Dictionary<string, string?> { ["Admin__Email"] = "taken@example.com" });
        await app.StartAsync(waitUntilReady: false);

        Assert.Equal(1, await app.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("Admin__Email", app.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task ForgetTheAdminAsync()
    {
        await using var file = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File("tickets.db")};Pooling=False");
        file.Open();
        await using var command = file.CreateCommand();
        command.CommandText = "DELETE FROM account WHERE role = 'admin'";
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
