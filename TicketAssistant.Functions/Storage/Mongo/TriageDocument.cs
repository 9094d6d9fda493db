using MongoDB.Bson;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>The part of a ticket's document that says what its analysis came to.</summary>
internal static class TriageDocument
{
    /// <summary>Where it is in the ticket's document.</summary>
    public const string Field = "triage";

    public const string State = "state";

    public static BsonDocument Of(TicketTriage triage) => new()
    {
        [State] = MongoValues.Name(triage.State),
        ["source"] = triage.Source is { } source ? MongoValues.Name(source) : BsonNull.Value,
        ["model"] = MongoValues.Text(triage.Model),
        ["confidence"] = triage.Confidence is { } confidence ? confidence : BsonNull.Value,
        ["reason"] = MongoValues.Text(triage.Reason),
        ["language"] = MongoValues.Text(triage.Language),
        ["sentiment"] = MongoValues.Text(triage.Sentiment),
        ["proposed"] = triage.Proposed is { } proposed ? Proposal(proposed) : BsonNull.Value,
        ["usage"] = triage.Usage is { } usage ? Usage(usage) : BsonNull.Value,
        ["confirmation"] = triage.Confirmation is { } confirmation ? Confirmation(confirmation) : BsonNull.Value,
        ["revision"] = triage.Revision,
    };

    public static TicketTriage ToTriage(BsonDocument triage) => new()
    {
        State = triage[State].ToEnum<TriageState>(),
        Source = triage.Field("source") is { IsBsonNull: false } source ? source.ToEnum<TriageSource>() : null,
        Model = triage.Field("model").ToTextOrNull(),
        Confidence = triage.Field("confidence") is { IsBsonNull: false } confidence ? confidence.ToDouble() : null,
        Reason = triage.Field("reason").ToTextOrNull(),
        Language = triage.Field("language").ToTextOrNull(),
        Sentiment = triage.Field("sentiment").ToTextOrNull(),
        Proposed = triage.Field("proposed") is BsonDocument proposed ? ToProposal(proposed) : null,
        Usage = triage.Field("usage") is BsonDocument usage ? ToUsage(usage) : null,
        Confirmation = triage.Field("confirmation") is BsonDocument confirmation ? ToConfirmation(confirmation) : null,
        Revision = triage["revision"].ToInt32(),
    };

    private static BsonDocument Proposal(TriageProposal proposal) => new()
    {
        ["type"] = MongoValues.Name(proposal.Type),
        ["priority"] = (int)proposal.Priority,
        ["relatedSkills"] = MongoValues.Texts(proposal.RelatedSkills),
    };

    private static TriageProposal ToProposal(BsonDocument proposal) =>
        new(proposal["type"].ToEnum<TicketType>(), (TicketPriority)proposal["priority"].ToInt32(), proposal["relatedSkills"].ToTexts());

    private static BsonDocument Usage(ModelUsage usage) => new()
    {
        ["inputTokens"] = Number(usage.InputTokens),
        ["outputTokens"] = Number(usage.OutputTokens),
        ["latencyMilliseconds"] = usage.LatencyMilliseconds,
        ["promptVersion"] = usage.PromptVersion,
    };

    private static ModelUsage ToUsage(BsonDocument usage) => new(
        ToNumber(usage.Field("inputTokens")), ToNumber(usage.Field("outputTokens")),
        usage["latencyMilliseconds"].ToInt64(), usage["promptVersion"].ToInt32());

    private static BsonDocument Confirmation(TriageConfirmation confirmation) => new()
    {
        ["by"] = TicketDocument.Person(confirmation.By),
        ["at"] = MongoValues.Date(confirmation.At),
    };

    private static TriageConfirmation ToConfirmation(BsonDocument confirmation) => new(
        TicketDocument.ToPerson(confirmation["by"].AsBsonDocument), confirmation["at"].ToTime());

    private static BsonValue Number(long? number) => number is { } value ? new BsonInt64(value) : BsonNull.Value;

    private static long? ToNumber(BsonValue value) => value.IsBsonNull ? null : value.ToInt64();
}
