using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Csv;
using TicketAssistant.Functions.Tickets.Work;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Http;

/// <summary>Whatever comes is read, or is the caller's mistake: nothing of it ends as a 500.</summary>
public sealed class RequestPropertyTests
{
    private const string Body = """{"email":"ann@example.org","role":"moderator","skills":["C#","Go:5"],"away":true,"awayUntil":null,"capacity":3,"active":true}""";

    private static readonly User Ann = new() { Id = Guid.NewGuid(), Email = "ann@example.org", Name = "Ann", PasswordHash = "", CreatedAt = default };

    // Bytes of a good body with some of them changed, taken out or put in, or whatever bytes there are.
    private static readonly Gen<byte[]> Bodies = Gen.OneOf(
        Texts.Zip(Gen.Choose(0, Body.Length - 1), Gen.Choose(0, 8), Texts.Any).Select(change => Encoding.UTF8.GetBytes(
            Body[..change.Item1] + change.Item3 + Body[Math.Min(Body.Length, change.Item1 + change.Item2)..])),
        Gen.Zip(Gen.Choose(0, Body.Length - 1), Gen.Choose(0, 255)).Select(change => (byte[])
            [.. Encoding.UTF8.GetBytes(Body[..change.Item1]), (byte)change.Item2, .. Encoding.UTF8.GetBytes(Body[(change.Item1 + 1)..])]),
        Gen.Choose(1, 200).Select(depth => Encoding.UTF8.GetBytes($$"""{"email":{{new string('[', depth)}}{{new string(']', depth)}}}""")),
        Gen.Elements("\\ud800", "\\udc00", "\\u0000", "\\uD83D\\uDD25", "\\x", "\\").Select(escape => Encoding.UTF8.GetBytes($$"""{"email":"{{escape}}","{{escape}}":1}""")),
        Gen.Choose(0, 60).SelectMany(n => Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(n)));

    [Fact]
    public void Any_body_is_a_request_or_a_problem_of_the_callers() => Texts.Check(Bodies, body =>
    {
        Refuses(() => ReadAsync<UpdateUserRequest>(body));
        Refuses(() => ReadAsync<UpdateTicketRequest>(body));
        Refuses(() => ReadAsync<CreateTicketRequest>(body));
    });

    [Fact]
    public void A_good_body_is_read_whatever_stands_between_its_members() => Texts.Check(
        Gen.Elements(" ", "\t", "\r\n", "").ListOf(3), blanks =>
        {
            var body = Encoding.UTF8.GetBytes(string.Join(string.Concat(blanks) + ",", Body.Split(',')));
            Assert.Equal("ann@example.org", ReadAsync<UpdateUserRequest>(body).GetAwaiter().GetResult().Email);
        });

    [Fact]
    public void Any_query_is_a_filter_or_a_problem_of_the_callers() => Texts.Check(
        Texts.Zip(Gen.Elements("status", "priority", "type", "triage", "assignee", "createdBy", "createdFrom", "createdTo", "q", "sort", "limit", "cursor"), Texts.Any, Gen.Elements(Role.User, Role.Admin)),
        given =>
        {
            var request = new DefaultHttpContext().Request;
            request.QueryString = QueryString.Create(given.Item1, WellFormed(given.Item2));
            Refuses(() => Task.FromResult(TicketFilter.Read(request, Ann with { Role = given.Item3 })));
            request.Headers.Accept = given.Item2;
            request.Headers["Last-Event-ID"] = given.Item2;
            TicketCsv.IsWanted(request);
            Functions.Tickets.Events.EventStreams.ResumeAt(request);
        });

    private static Task<T> ReadAsync<T>(byte[] body) where T : class
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/json";
        request.ContentLength = body.Length;
        request.Body = new MemoryStream(body);
        return request.ReadJsonAsync<T>(CancellationToken.None);
    }

    // What can be sent in a URL.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static void Refuses<T>(Func<Task<T>> read)
    {
        try
        {
            read().GetAwaiter().GetResult();
        }
        catch (ProblemException e)
        {
            Assert.InRange(e.Status, 400, 415);
            Assert.NotEmpty(e.Errors!);
        }
    }
}
