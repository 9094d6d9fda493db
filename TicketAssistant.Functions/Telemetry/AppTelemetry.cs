using System.Diagnostics;
using System.Diagnostics.Metrics;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Telemetry;

/// <summary>
/// What the app tells of tickets and mails, by the names in docs/telemetry.md: part of the contract with whoever has dashboards.
/// Costs next to nothing while nobody listens.
/// </summary>
internal static class AppTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "TicketAssistant";

    /// <summary>Which ticket a span is about.</summary>
    public const string TicketIdTag = "ticket.id";

    // A count that nobody has renewed for so long is somebody else's by now: timers move from one instance to another.
    private static readonly TimeSpan WaitingIsFresh = TimeSpan.FromMinutes(2);

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_accepted = s_meter.CreateCounter<long>("tickets.accepted", "{ticket}", "Tickets that were accepted.");
    private static readonly Counter<long> s_assigned = s_meter.CreateCounter<long>("tickets.assigned", "{ticket}", "Tickets that somebody was given.");
    private static readonly Histogram<double> s_toAssignment = Duration("ticket.assignment.duration", "From a ticket's acceptance to its first assignee.");
    private static readonly Histogram<double> s_toMail = Duration("ticket.notification.duration", "From a ticket's acceptance to the mail to its first assignee.");
    private static readonly Counter<long> s_mails = s_meter.CreateCounter<long>("mails", "{mail}", "What came of sending mails, each attempt apart.");
    private static Waiting? s_waiting;

    static AppTelemetry() => s_meter.CreateObservableGauge("tickets.waiting", ObserveWaiting, "{ticket}", "Tickets that nobody could be given yet.");

    /// <summary>Spans of what the app does beside functions: mails, database commands.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Notes on the span under way, if somebody listens, which ticket it is about.</summary>
    public static void Concerns(Guid ticketId)
    {
        if (Activity.Current is { IsAllDataRequested: true } span && span.Source.HasListeners()) span.SetTag(TicketIdTag, ticketId.ToString());
    }

    /// <summary>A ticket was accepted.</summary>
    public static void Accepted() => s_accepted.Add(1);

    /// <summary>Somebody was given a ticket that nobody had.</summary>
    /// <param name="afterAcceptance">How long after its acceptance; null where it is not the first time.</param>
    public static void Assigned(TimeSpan? afterAcceptance)
    {
        s_assigned.Add(1);
        if (afterAcceptance is { } took) s_toAssignment.Record(took.TotalSeconds);
    }

    /// <summary>The first assignee of a ticket was told by mail.</summary>
    public static void Notified(TimeSpan afterAcceptance) => s_toMail.Record(afterAcceptance.TotalSeconds);

    /// <summary>An attempt to send a mail ended: <c>sent</c>, <c>failed</c> (tried again), <c>refused</c> (for good) or <c>suppressed</c>.</summary>
    public static void Mailed(MailKind kind, string outcome) =>
        s_mails.Add(1, new("mail.kind", EnumNames<MailKind>.Of(kind)), new("mail.outcome", outcome));

    /// <summary>So many tickets wait for somebody who can take them.</summary>
    public static void Waits(int tickets) => Volatile.Write(ref s_waiting, new Waiting(tickets, Stopwatch.GetTimestamp()));

    private static Measurement<int>[] ObserveWaiting() =>
        Volatile.Read(ref s_waiting) is { } last && Stopwatch.GetElapsedTime(last.At) < WaitingIsFresh ? [new(last.Tickets)] : [];

    private static Histogram<double> Duration(string name, string description) => s_meter.CreateHistogram(
        name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400] });

    private sealed record Waiting(int Tickets, long At);
}
