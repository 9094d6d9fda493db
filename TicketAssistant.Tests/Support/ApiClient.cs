using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace TicketAssistant.Tests.Support;

/// <summary>One person at the HTTP API. Whatever is sent and comes is held to the OpenAPI document.</summary>
internal sealed class ApiClient(HttpClient http, string? token = null)
{
    public string? Token { get; } = token;

    public async Task<ApiReply> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (Token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Content = body switch
        {
            null => null,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        using var response = await http.SendAsync(request);
        var reply = await ApiReply.ReadAsync(response);
        var sent = request.Content is StringContent or JsonContent ? await request.Content.ReadAsStringAsync() : null;
        ApiDocument.Instance.Check(method, path, sent, reply);
        return reply;
    }

    public Task<ApiReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiReply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    /// <summary>Signs a new person up and returns them.</summary>
    public async Task<ApiClient> SignUpAsync(string email, string password = "long enough", string[]? skills = null)
    {
        var reply = await PostAsync("/api/auth/signup", new { email, password, skills });
        Assert.Equal(HttpStatusCode.Created, reply.Status);
        return new ApiClient(http, reply.Json.GetProperty("token").GetString());
    }

    public async Task<ApiClient> LogInAsync(string email, string password)
    {
        var reply = await PostAsync("/api/auth/login", new { email, password });
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return new ApiClient(http, reply.Json.GetProperty("token").GetString());
    }

    /// <summary>As an admin: signs somebody up and makes them a moderator with these skills; returns them logged in.</summary>
    public async Task<ApiClient> AddModeratorAsync(string email, params string[] skills)
    {
        await new ApiClient(http).SignUpAsync(email);
        var reply = await PostAsync("/api/auth/update-user", new { email, role = "moderator", skills });
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return await new ApiClient(http).LogInAsync(email, "long enough");
    }

    /// <summary>All items of a paged list.</summary>
    public async Task<List<JsonElement>> ListAllAsync(string path, string items)
    {
        var all = new List<JsonElement>();
        for (string? cursor = null; ;)
        {
            var page = await GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}limit=100{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            all.AddRange(page.Json.GetProperty(items).EnumerateArray());
            cursor = page.Json.GetProperty("next").GetString();
            if (cursor is null) return all;
        }
    }

    /// <summary>Polls a ticket, at most 30 s, until <paramref name="done"/> holds.</summary>
    public async Task<JsonElement> WaitForTicketAsync(string id, Func<JsonElement, bool> done)
    {
        JsonElement ticket = default;
        for (var i = 0; i < 600; i++)
        {
            var reply = await GetAsync($"/api/tickets/{id}");
            if (reply.Status == HttpStatusCode.OK)
            {
                ticket = reply.Json.GetProperty("ticket");
                if (done(ticket)) return ticket;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"The ticket did not come that far: {ticket}");
        return ticket;
    }

    /// <summary>Posts a ticket and waits until somebody has it.</summary>
    public async Task<JsonElement> PostAndWaitAsync(string title, string description, ApiClient staff)
    {
        var posted = await PostAsync("/api/tickets", new { title, description });
        Assert.Equal(HttpStatusCode.Created, posted.Status);
        return await staff.WaitForTicketAsync(
            posted.Json.GetProperty("ticket").GetProperty("id").GetString()!,
            ticket => ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object);
    }
}
