using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Health;

/// <summary>Reply of GET /api/health/ready. Says which part is not well, to staff alone also how it is set up, and to admins why; the log says it, too.</summary>
/// <param name="Status"><c>ready</c>, or <c>not_ready</c> with status code 503.</param>
/// <param name="Store"><c>ok</c> or <c>unavailable</c>; needed to be ready.</param>
/// <param name="Durable"><c>ok</c> or <c>unavailable</c>; needed to be ready.</param>
/// <param name="Mail"><c>ok</c>, or <c>failing</c> when the last mail did not go out; mails wait, tickets are taken.</param>
/// <param name="Model">
/// <c>ok</c>, <c>offline</c> when none is configured, <c>misconfigured</c>, or <c>unavailable</c> while it is left alone after
/// failures; tickets are triaged offline then.
/// </param>
/// <param name="ModelError">What an operator has to put right about the model; for admins only.</param>
/// <param name="Triage">How far the app decides by itself; for staff only.</param>
/// <param name="Links">Where to look further; for admins only.</param>
public sealed record ReadinessReply(
    string Status,
    string Store,
    string Durable,
    string Mail,
    string Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ModelError = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TriageModeView? Triage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AdminLinks? Links = null);
