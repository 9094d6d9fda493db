using System.Net;
using System.Text.Json.Nodes;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Contract;

/// <summary>All other contract tests hold their replies to the document as well, by <see cref="ApiDocument"/>.</summary>
[Collection("contract")]
public sealed class OpenApiContract(ContractFixture app)
{
    [Fact]
    public async Task It_serves_the_document_that_these_tests_hold_it_to()
    {
        var reply = await app.Anonymous.GetAsync("/openapi.json");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("application/json", reply.ContentHeaders.ContentType?.MediaType);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(reply.Text), JsonNode.Parse(OpenApiDocument.Json)), "Another version of the app is served.");
    }

    [Fact]
    public async Task Every_parameter_of_the_document_is_read()
    {
        var user = await app.NewUserAsync();
        var id = (await user.PostAsync("/api/tickets", new { title = "Parameters", description = "Are they read?" })).Json.GetProperty("ticket").GetProperty("id").GetString()!;
        var tried = 0;
        foreach (var (method, path, operation) in ApiDocument.Instance.Operations.Where(operation => operation.Method == "GET"))
        {
            foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Where(p => p!["in"]!.GetValue<string>() == "query"))
            {
                var name = parameter!["name"]!.GetValue<string>();
                // Any text will do for these, or what comes back is a page.
                if (name is "q" or "token") continue;
                var reply = await app.Admin.GetAsync($"{path.Replace("{id}", id, StringComparison.Ordinal)}?{name}=nonsense%20%21");
                var problem = reply.IsProblem(HttpStatusCode.BadRequest);
                Assert.True(problem.GetProperty("errors").TryGetProperty(name, out _), $"{method} {path} doesn't read {name}: {reply.Text}");
                tried++;
            }
        }

        Assert.InRange(tried, 20, int.MaxValue);
    }

    [Fact]
    public async Task Who_may_not_call_something_is_told_as_the_document_says()
    {
        var user = await app.NewUserAsync();
        foreach (var (method, path, operation) in ApiDocument.Instance.Operations.Where(operation => operation.Operation["security"]!.AsArray().Count > 0))
        {
            var at = path.Replace("{id}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal);
            if (at.StartsWith("/dev/", StringComparison.Ordinal)) continue; // not everywhere there
            (await app.Anonymous.SendAsync(new HttpMethod(method), at)).IsProblem(HttpStatusCode.Unauthorized);
            var forStaff = operation["responses"]!["403"]?["content"]!["application/problem+json"]!["examples"]!["problem1"]!["value"]!["detail"]!.GetValue<string>() == "Your role does not allow this.";
            if (forStaff) (await user.SendAsync(new HttpMethod(method), at)).IsProblem(HttpStatusCode.Forbidden);
        }
    }
}
