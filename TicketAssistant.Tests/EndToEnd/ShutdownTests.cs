using System.Net;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>The whole app in a process of its own: asked to stop, and started twice.</summary>
public sealed class ShutdownTests : IDisposable
{
    private readonly TempFolder _folder = new();

    // The model answers after the signal: the triage under way is waited for, and the ticket is assigned by the next process.
    [Fact]
    public async Task SIGTERM_lets_a_running_activity_end_exits_with_0_and_the_next_start_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM on Windows.");
        await using var model = await FakeModelServer.StartAsync(FakeModelReply.Silence(TimeSpan.FromSeconds(2)));
        await using var app = new AppProcess(_folder, new Dictionary<string, string?>
        {
            ["Gemini__ApiKey"] = "key-for-tests",
            ["Gemini__Endpoint"] = model.Endpoint.ToString(),
        });
        using var http = new HttpClient { BaseAddress = app.BaseAddress, Timeout = TimeSpan.FromSeconds(10) };
        await app.StartAsync();
        var admin = await new ApiClient(http).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await admin.AddModeratorAsync("one@example.com", "Kafka");
        var user = await new ApiClient(http).SignUpAsync("user@example.com");
        var posted = await user.PostAsync("/api/tickets", new { title = "Kafka lag", description = "The consumer group lags behind." });
        Assert.Equal(HttpStatusCode.Created, posted.Status);
        await model.FirstRequest.WaitAsync(TimeSpan.FromSeconds(20));

        app.Terminate();

        Assert.True(await app.WaitForExitAsync(TimeSpan.FromSeconds(30)) == 0, app.Output);
        Assert.False(model.ClientLeft.IsCompleted, "The call was cut short.\n" + app.Output);
        await app.StartAsync();
        var id = posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
        await admin.WaitForTicketAsync(id, ticket => ticket.GetProperty("assignedTo").ValueKind == System.Text.Json.JsonValueKind.Object);
        // Its answer was stored before the exit: the model is not asked again.
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_leaves_with_one_clear_line()
    {
        await using var first = new AppProcess(_folder);
        await using var second = new AppProcess(_folder);
        await first.StartAsync();

        await second.StartAsync(waitUntilReady: false);
        var code = await second.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(1, code);
        Assert.Equal(
            [$"The data directory '{_folder.Path}' is in use by another process. Stop that one, or set Local__DataDirectory to another folder."],
            second.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.False(first.HasExited);
    }

    public void Dispose() => _folder.Dispose();
}
