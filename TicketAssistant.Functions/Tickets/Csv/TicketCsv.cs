using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TicketAssistant.Functions.Json;

namespace TicketAssistant.Functions.Tickets.Csv;

/// <summary>Tickets as lines of a CSV file. It has what the requester may see of a ticket, whoever asks, so that it can be passed on.</summary>
internal static class TicketCsv
{
    public const string MediaType = "text/csv";

    private static readonly string[] Columns =
    [
        "id", "title", "status", "priority", "type", "createdByName", "createdByEmail", "assignedToName", "assignedToEmail",
        "relatedSkills", "summary", "triageState", "triageSource", "createdAt", "updatedAt", "version", "description",
    ];

    /// <summary>Whether the request would rather have CSV than JSON.</summary>
    public static bool IsWanted(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return false;
        var csv = accepted.Where(type => type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)).Select(Quality).DefaultIfEmpty(0).Max();
        var json = accepted.Where(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)).Select(Quality).DefaultIfEmpty(0).Max();
        return csv > 0 && csv >= json;
    }

    public static void AppendHeader(StringBuilder text) => CsvText.AppendLine(text, Columns);

    public static void Append(StringBuilder text, Ticket ticket) => CsvText.AppendLine(
        text,
        ticket.Id.ToString("D"),
        ticket.Title,
        EnumNames<TicketStatus>.Of(ticket.Status),
        EnumNames<TicketPriority>.Of(ticket.Priority),
        EnumNames<TicketType>.Of(ticket.Type),
        ticket.CreatedBy.Name,
        ticket.CreatedBy.Email,
        ticket.AssignedTo?.Name,
        ticket.AssignedTo?.Email,
        string.Join("; ", ticket.RelatedSkills),
        ticket.Summary,
        EnumNames<TriageState>.Of(ticket.Triage.State),
        ticket.Triage.Source is { } source ? EnumNames<TriageSource>.Of(source) : null,
        Time(ticket.CreatedAt),
        Time(ticket.UpdatedAt),
        ticket.Version.ToString(CultureInfo.InvariantCulture),
        ticket.Description);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static double Quality(MediaTypeHeaderValue type) => type.Quality ?? 1;
}
