using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Contract;

/// <summary>Lists, files, events and numbers over HTTP.</summary>
[Collection("contract")]
public sealed class ListContract(ContractFixture app)
{
    private static readonly (string, string) Csv = ("Accept", "text/csv");

    [Theory]
    [InlineData("sort=oldest")]
    [InlineData("triage=done")]
    [InlineData("createdBy=somebody")]
    [InlineData("createdFrom=yesterday")]
    [InlineData("createdTo=2026-13-01")]
    [InlineData("createdTo=2026-05-04T25:00:00Z")]
    [InlineData("sort=age&sort=created")]
    public async Task A_bad_filter_is_refused_by_name(string query)
    {
        var problem = (await app.Admin.GetAsync($"/api/tickets?{query}")).IsProblem(HttpStatusCode.BadRequest);
        Assert.True(problem.GetProperty("errors").TryGetProperty(query.Split('=')[0], out _), problem.ToString());
    }

    [Fact]
    public async Task Tickets_come_in_the_order_asked_for_and_a_cursor_only_continues_its_own()
    {
        var user = await app.NewUserAsync();
        foreach (var title in new[] { "one", "two", "three" }) await user.PostAsync("/api/tickets", new { title, description = "x" });

        Assert.Equal(["three", "two", "one"], await TitlesAsync(user, "sort=created"));
        Assert.Equal(["one", "two", "three"], await TitlesAsync(user, "sort=age"));
        Assert.Equal(3, (await TitlesAsync(user, "sort=priority")).Count);
        Assert.Equal(3, (await TitlesAsync(user, "sort=updated")).Count);
        var cursor = (await user.GetAsync("/api/tickets?sort=age&limit=1")).Json.GetProperty("next").GetString();
        Assert.Equal(["two", "three"], await TitlesAsync(user, $"sort=age&cursor={cursor}"));
        (await user.GetAsync($"/api/tickets?sort=created&cursor={cursor}")).IsProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Filters_by_requester_time_and_triage_combine()
    {
        var user = await app.NewUserAsync();
        var ticket = await user.PostAndWaitAsync("Mine", "Please help.", app.Admin);
        var me = ticket.GetProperty("createdBy").GetProperty("id").GetString();
        var day = ticket.GetProperty("createdAt").GetDateTimeOffset().UtcDateTime;
        var state = ticket.GetProperty("triage").GetProperty("state").GetString();

        Assert.Equal(["Mine"], await TitlesAsync(app.Admin, $"assignee=all&createdBy={me}&triage={state}&createdFrom={day:yyyy-MM-dd}&createdTo={day:yyyy-MM-dd}"));
        Assert.Empty(await TitlesAsync(app.Admin, $"assignee=all&createdBy={me}&createdTo={day.AddDays(-1):yyyy-MM-dd}"));
        Assert.Empty(await TitlesAsync(app.Admin, $"assignee=all&createdBy={me}&createdFrom={day.AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}"));
        Assert.Empty(await TitlesAsync(app.Admin, $"assignee=all&createdBy={me}&triage=awaiting_confirmation"));
        Assert.Equal(["Mine"], await TitlesAsync(user, "createdBy=me"));
        (await user.GetAsync($"/api/tickets?createdBy={Guid.NewGuid()}")).IsProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_requester_finds_a_ticket_by_public_comments_and_not_by_internal_ones()
    {
        var user = await app.NewUserAsync();
        var ticket = await user.PostAndWaitAsync("Strange noise", "It hums.", app.Admin);
        var (open, secret) = ($"o{Guid.NewGuid():N}", $"s{Guid.NewGuid():N}");
        var path = $"/api/tickets/{ticket.GetProperty("id").GetString()}/comments";
        Assert.Equal(HttpStatusCode.Created, (await app.Admin.PostAsync(path, new { body = $"Try {open}" })).Status);
        Assert.Equal(HttpStatusCode.Created, (await app.Admin.PostAsync(path, new { body = $"Between us: {secret}", @internal = true })).Status);

        Assert.Equal(["Strange noise"], await TitlesAsync(user, $"q=noise {open}"));
        Assert.Empty(await TitlesAsync(user, $"q={secret}"));
        Assert.Equal(["Strange noise"], await TitlesAsync(app.Admin, $"assignee=all&q={secret} {open} hum"));
    }

    [Fact]
    public async Task All_matching_tickets_come_as_a_csv_file_that_no_spreadsheet_takes_for_formulas()
    {
        var user = await app.NewUserAsync();
        await user.PostAsync("/api/tickets", new { title = "=HYPERLINK(\"http://evil\")", description = "one, \"two\"\r\nthree ü" });
        for (var i = 0; i < 60; i++) await user.PostAsync("/api/tickets", new { title = $"Ticket {i}", description = "-1" });

        var file = await user.SendAsync(HttpMethod.Get, "/api/tickets?sort=age&limit=2", null, Csv);

        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Equal("text/csv", file.ContentHeaders.ContentType?.MediaType);
        Assert.Equal("utf-8", file.ContentHeaders.ContentType?.CharSet);
        Assert.Equal("tickets.csv", file.ContentHeaders.ContentDisposition?.FileName?.Trim('"'));
        var rows = CsvRows(file.Text);
        Assert.Equal(62, rows.Count);
        Assert.All(rows, row => Assert.Equal(17, row.Count));
        Assert.Equal(["id", "title", "status"], rows[0].Take(3));
        Assert.Equal("'=HYPERLINK(\"http://evil\")", rows[1][1]);
        Assert.Equal("one, \"two\"\r\nthree ü", rows[1][^1]);
        Assert.Equal("'-1", rows[2][^1]);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"Ticket {i}"), rows.Skip(2).Select(row => row[1]));
        (await user.SendAsync(HttpMethod.Get, "/api/tickets?cursor=x", null, Csv)).IsProblem(HttpStatusCode.BadRequest);
        (await user.SendAsync(HttpMethod.Get, "/api/tickets?status=x", null, Csv)).IsProblem(HttpStatusCode.BadRequest);
        Assert.Equal("application/json", (await user.SendAsync(HttpMethod.Get, "/api/tickets", null, ("Accept", "text/csv;q=0.5, application/json"))).ContentHeaders.ContentType?.MediaType);
    }

    [Fact]
    public async Task Staff_see_which_earlier_tickets_look_alike_and_requesters_do_not()
    {
        var user = await app.NewUserAsync();
        var (one, two, three) = ($"x{Guid.NewGuid():N}", $"y{Guid.NewGuid():N}", $"z{Guid.NewGuid():N}");
        var earlier = await user.PostAndWaitAsync($"{one} {two}", $"{three} is down.", app.Admin);
        var ticket = await user.PostAndWaitAsync($"{two} {one}", $"Again {three}.", app.Admin);
        var path = $"/api/tickets/{ticket.GetProperty("id").GetString()}";

        var similar = (await app.Admin.GetAsync($"{path}/similar")).Json.GetProperty("tickets").EnumerateArray().ToList();

        Assert.Equal([earlier.GetProperty("id").GetString()], similar.Select(t => t.GetProperty("id").GetString()));
        Assert.Equal(["id", "title", "status", "solvedBy", "createdAt"], similar[0].EnumerateObject().Select(p => p.Name));
        Assert.Contains($"{one} {two}", (await app.Admin.GetAsync(path)).Json.GetProperty("ticket").GetProperty("helpfulNotes").GetString(), StringComparison.Ordinal);
        (await user.GetAsync($"{path}/similar")).IsProblem(HttpStatusCode.Forbidden);
        Assert.False((await user.GetAsync(path)).Json.GetProperty("ticket").TryGetProperty("helpfulNotes", out _));
        (await app.Admin.GetAsync($"/api/tickets/{Guid.NewGuid()}/similar")).IsProblem(HttpStatusCode.NotFound);
        (await app.Anonymous.GetAsync($"{path}/similar")).IsProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Statistics_count_for_staff()
    {
        var before = (await app.Admin.GetAsync("/api/stats?days=1")).Json;
        var user = await app.NewUserAsync();
        await user.PostAndWaitAsync("Hello", "Please help.", app.Admin);

        var reply = await app.Admin.GetAsync("/api/stats?days=1");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.True(reply.Json.GetProperty("open").GetProperty("total").GetInt32() > before.GetProperty("open").GetProperty("total").GetInt32());
        Assert.True(reply.Json.GetProperty("period").GetProperty("created").GetInt32() > before.GetProperty("period").GetProperty("created").GetInt32());
        Assert.Equal(["TODO", "IN_PROGRESS", "WAITING", "DONE"], reply.Json.GetProperty("open").GetProperty("byStatus").EnumerateObject().Select(p => p.Name));
        Assert.Contains(reply.Json.GetProperty("assignees").EnumerateArray(), person => person.GetProperty("open").GetInt32() > 0);
        var period = reply.Json.GetProperty("period");
        var days = period.GetProperty("perDay").EnumerateArray().ToList();
        Assert.Equal(2, days.Count);
        Assert.Equal(days[0].GetProperty("day").GetDateTime().AddDays(1), days[1].GetProperty("day").GetDateTime());
        Assert.Equal(period.GetProperty("created").GetInt32(), days.Sum(day => day.GetProperty("created").GetInt32()));
        Assert.Equal(["low", "medium", "high", "urgent"], period.GetProperty("timesByPriority").EnumerateObject().Select(p => p.Name));
        (await user.GetAsync("/api/stats")).IsProblem(HttpStatusCode.Forbidden);
        (await app.Admin.GetAsync("/api/stats?days=0")).IsProblem(HttpStatusCode.BadRequest);
        (await app.Admin.GetAsync("/api/stats?days=366")).IsProblem(HttpStatusCode.BadRequest);
        (await app.Anonymous.GetAsync("/api/stats")).IsProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Changes_are_told_to_who_may_see_them_until_they_log_out()
    {
        var user = await app.NewUserAsync();
        using var events = await OpenAsync(user, "/api/events");
        Assert.Equal("ready", (await NextAsync(events.Reader)).Name);

        var posted = await user.PostAsync("/api/tickets", new { title = "Told", description = "x" });
        var id = posted.Json.GetProperty("ticket").GetProperty("id").GetGuid();
        Assert.Equal(id, (await NextAsync(events.Reader)).Data.GetProperty("ticketId").GetGuid());

        using var one = await OpenAsync(user, $"/api/tickets/{id}/events");
        await NextAsync(one.Reader);
        Assert.Equal(id, (await NextAsync(one.Reader)).Data.GetProperty("ticketId").GetGuid());
        var stranger = await app.NewUserAsync();
        (await stranger.GetAsync($"/api/tickets/{id}/events")).IsProblem(HttpStatusCode.NotFound);
        (await app.Anonymous.GetAsync("/api/events")).IsProblem(HttpStatusCode.Unauthorized);

        await user.PostAsync("/api/auth/logout");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await events.Reader.NextAsync(patience.Token) is not null)
        {
        }
    }

    [Fact]
    public async Task A_user_has_a_few_streams_at_once()
    {
        var user = await app.NewUserAsync();
        var open = new List<EventStreamReply>();
        for (var i = 0; i < 6; i++)
        {
            open.Add(await OpenAsync(user, "/api/events"));
            await NextAsync(open[^1].Reader);
        }

        var refused = await user.GetAsync("/api/events");
        refused.IsProblem(HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused.Headers.RetryAfter);

        open[0].Dispose();
        HttpStatusCode status;
        var tries = 0;
        do
        {
            await Task.Delay(100);
            using var again = await OpenAsync(user, "/api/events");
            status = again.Status;
        }
        while (status != HttpStatusCode.OK && ++tries < 100);
        Assert.Equal(HttpStatusCode.OK, status);
        open.ForEach(stream => stream.Dispose());
    }

    private static async Task<(string Name, string Id, JsonElement Data)> NextAsync(EventReader events)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await events.NextAsync(patience.Token) ?? throw new InvalidOperationException("The stream has ended.");
    }

    private async Task<EventStreamReply> OpenAsync(ApiClient user, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", user.Token);
        var response = await app.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventStreamReply(response, new EventReader(await response.Content.ReadAsStreamAsync()));
    }

    private static async Task<List<string>> TitlesAsync(ApiClient user, string query)
    {
        var reply = await user.GetAsync($"/api/tickets?{query}");
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
        return [.. reply.Json.GetProperty("tickets").EnumerateArray().Select(t => t.GetProperty("title").GetString()!)];
    }

    /// <summary>RFC 4180, strictly.</summary>
    private static List<List<string>> CsvRows(string text)
    {
        var rows = new List<List<string>>();
        for (var at = 0; at < text.Length;)
        {
            var row = new List<string>();
            while (true)
            {
                string cell;
                if (text[at] == '"')
                {
                    var end = at + 1;
                    while (text[end] != '"' || (end + 1 < text.Length && text[end + 1] == '"')) end += text[end] == '"' ? 2 : 1;
                    cell = text[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal);
                    at = end + 1;
                }
                else
                {
                    var end = text.IndexOfAny([',', '\r'], at);
                    cell = text[at..end];
                    Assert.DoesNotContain('"', cell);
                    at = end;
                }

                row.Add(cell);
                if (text[at++] != ',') break;
            }

            Assert.Equal("\r\n", text[(at - 1)..(at + 1)]);
            at++;
            rows.Add(row);
        }

        return rows;
    }

    private sealed record EventStreamReply(HttpResponseMessage Response, EventReader Reader) : IDisposable
    {
        public HttpStatusCode Status => Response.StatusCode;

        public void Dispose()
        {
            Reader.Dispose();
            Response.Dispose();
        }
    }
}
