using System.Text;
using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Csv;

/// <summary>
/// All tickets of a query as a CSV file, read and sent page by page: it holds one page at a time, and waits for the client
/// before it reads the next. If the store goes away in the middle the connection is broken off, so that half a file is not
/// taken for a whole one.
/// </summary>
internal sealed class TicketCsvResult(ITicketStore tickets, TicketQuery query) : IResult
{
    // A ticket has up to 20,000 characters.
    private const int PageSize = 50;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (query.Cursor is not null) throw ProblemException.Invalid("cursor", "must be left away with Accept: text/csv, which gives all tickets");
        var stop = httpContext.RequestAborted;
        var text = new StringBuilder();
        TicketCsv.AppendHeader(text);
        var response = httpContext.Response;
        for (var part = query with { Limit = PageSize }; ;)
        {
            // The first page before anything is sent: until then a failure is still a proper reply.
            var page = await tickets.ListAsync(part, stop);
            foreach (var ticket in page.Items) TicketCsv.Append(text, ticket);
            if (!response.HasStarted)
            {
                response.ContentType = TicketCsv.MediaType + "; charset=utf-8; header=present";
                response.Headers.ContentDisposition = "attachment; filename=\"tickets.csv\"";
                response.Headers.Vary = "Accept";
            }

            await response.WriteAsync(text.ToString(), stop);
            if (page.Next is null) return;
            text.Clear();
            part = part with { Cursor = page.Next };
        }
    }
}
