using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using Xunit;

namespace TicketAssistant.Tests.Http;

public sealed class JsonBodyTests
{
    [Fact]
    public async Task A_body_becomes_its_record()
    {
        var body = await ReadAsync<UpdateUserRequest>("""{"email":"a@example.org","role":"moderator","skills":["C#"],"away":true,"capacity":3}""");

        Assert.Equal(("a@example.org", Role.Moderator, true), (body.Email, body.Role, body.Away));
        Assert.Equal(["C#"], body.Skills!);
        Assert.Equal(new OptionalValue<int?>(true, 3), body.Capacity);
    }

    [Fact]
    public async Task A_capacity_of_null_is_not_a_capacity_left_out()
    {
        Assert.Equal(new OptionalValue<int?>(true, null), (await ReadAsync<UpdateUserRequest>("""{"email":"a","capacity":null}""")).Capacity);
        Assert.False((await ReadAsync<UpdateUserRequest>("""{"email":"a"}""")).Capacity.IsSet);
    }

    [Theory]
    [InlineData("""{"email":"a"}""", "password", "is required")]
    [InlineData("""{}""", "email", "is required")]
    [InlineData("""{"email":null,"password":"p"}""", "email", "must be a string")]
    [InlineData("""{"email":{"$ne":1},"password":"p"}""", "email", "must be a string")]
    [InlineData("""{"email":["a"],"password":"p"}""", "email", "must be a string")]
    [InlineData("""{"email":"a","password":12345678}""", "password", "must be a string")]
    [InlineData("""{"email":"a","password":"p","role":"admin"}""", "role", "is not known here")]
    [InlineData("""{"Email":"a","email":"a","password":"p"}""", "Email", "is not known here")]
    [InlineData("""{"email":"a","password":"p","password":"q"}""", "password", "must be given once")]
    [InlineData("""{"email":"a","password":"p","skills":"c#"}""", "skills", "must be a list of strings")]
    [InlineData("""{"email":"a","password":"p","skills":["c#",7]}""", "skills[1]", "must be a list of strings")]
    [InlineData("""{"email":"a\ud800","password":"p"}""", "email", "must be a string")]
    public async Task What_is_wrong_with_a_field_is_said_of_that_field(string json, string field, string error)
    {
        var problem = await ProblemAsync<SignupRequest>(Request(json));

        Assert.Equal(400, problem.Status);
        Assert.Equal([error], problem.Errors![field]);
    }

    [Theory]
    [InlineData("\"boss\"")]
    [InlineData("\"ADMIN\"")]
    [InlineData("\"user,admin\"")]
    [InlineData("\"2\"")]
    [InlineData("2")]
    public async Task An_enum_is_exactly_one_of_its_names(string role)
    {
        var problem = await ProblemAsync<UpdateUserRequest>(Request($$"""{"email":"a","role":{{role}}}"""));

        Assert.Equal(["must be one of user, moderator, admin"], problem.Errors!["role"]);
    }

    [Theory]
    [InlineData("\"3\"")]
    [InlineData("3.5")]
    [InlineData("99999999999")]
    [InlineData("true")]
    public async Task A_number_is_a_number(string capacity) => Assert.Equal(
        ["must be a whole number or null"],
        (await ProblemAsync<UpdateUserRequest>(Request($$"""{"email":"a","capacity":{{capacity}}}"""))).Errors!["capacity"]);

    [Fact]
    public async Task All_missing_and_unknown_fields_are_named_at_once() => Assert.Equal(
        ["email", "password", "user"], (await ProblemAsync<SignupRequest>(Request("""{"user":1}"""))).Errors!.Keys.Order());

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{'email':'a'}")]
    [InlineData("""{"email":"a",}""")]
    [InlineData("""{} {}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"\ud800":1}""")]
    public async Task What_is_no_object_is_said_of_the_body(string json)
    {
        var problem = await ProblemAsync<SignupRequest>(Request(json));

        Assert.Equal(400, problem.Status);
        Assert.Equal("body", Assert.Single(problem.Errors!).Key);
    }

    [Fact]
    public async Task Invalid_UTF8_and_deep_nesting_are_refused()
    {
        byte[] notUtf8 = [.. """{"email":"""u8, (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}'];
        Assert.Equal(400, (await ProblemAsync<LoginRequest>(Request(notUtf8))).Status);
        var deep = """{"email":""" + new string('[', 30_000) + new string(']', 30_000) + "}";
        Assert.Equal("body", Assert.Single((await ProblemAsync<LoginRequest>(Request(deep))).Errors!).Key);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    public async Task Another_content_type_is_a_415(string? type)
    {
        var request = Request("{}");
        request.ContentType = type;

        Assert.Equal(415, (await ProblemAsync<LoginRequest>(request)).Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=\"UTF-8\"")]
    public async Task JSON_in_UTF8_is_taken(string type)
    {
        var request = Request("""{"email":"a","password":"p"}""");
        request.ContentType = type;

        Assert.Equal(new LoginRequest("a", "p"), await request.ReadJsonAsync<LoginRequest>(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_refused_unread()
    {
        var request = Request("{}");
        request.Body = new Unreadable();
        request.ContentLength = JsonBody.MaxBytes + 1;

        Assert.Equal(413, (await ProblemAsync<LoginRequest>(request)).Status);
    }

    [Fact]
    public async Task A_body_of_unsaid_length_is_stopped_at_the_limit()
    {
        // An endless sender: only a reader that stops comes to an end.
        var pipe = new Pipe();
        using var stop = new CancellationTokenSource();
        var sender = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested && !(await pipe.Writer.WriteAsync(new byte[4096])).IsCompleted)
            {
            }
        });
        var request = Request("");
        request.ContentLength = null;
        request.Body = pipe.Reader.AsStream();

        Assert.Equal(413, (await ProblemAsync<LoginRequest>(request)).Status);
        await stop.CancelAsync();
        await pipe.Reader.CompleteAsync();
        await sender;
    }

    [Fact]
    public async Task A_body_at_the_limit_in_small_pieces_is_read()
    {
        const string start = """{"email":"a","password":" """, end = "\"}";
        var json = start + new string('p', JsonBody.MaxBytes - start.Length - end.Length) + end;
        var pipe = new Pipe();
        var sender = Task.Run(async () =>
        {
            foreach (var piece in Encoding.UTF8.GetBytes(json).Chunk(1000)) await pipe.Writer.WriteAsync(piece);
            await pipe.Writer.CompleteAsync();
        });
        var request = Request("");
        request.ContentLength = null;
        request.Body = pipe.Reader.AsStream();

        Assert.StartsWith(" ppp", (await request.ReadJsonAsync<LoginRequest>(TestContext.Current.CancellationToken)).Password, StringComparison.Ordinal);
        await sender;
    }

    private static HttpRequest Request(string json) => Request(Encoding.UTF8.GetBytes(json));

    private static HttpRequest Request(byte[] body)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/json";
        request.ContentLength = body.Length;
        request.Body = new MemoryStream(body);
        return request;
    }

    private static Task<T> ReadAsync<T>(string json) where T : class =>
        Request(json).ReadJsonAsync<T>(TestContext.Current.CancellationToken);

    private static Task<ProblemException> ProblemAsync<T>(HttpRequest request) where T : class =>
        Assert.ThrowsAsync<ProblemException>(() => request.ReadJsonAsync<T>(TestContext.Current.CancellationToken));

    private sealed class Unreadable : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("The body was read.");
    }
}
