namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// How far a failed orchestration is taken back: to before the failure that ended it, and before those of other steps on
/// which no later decision rests. What was decided after that is undone with it, so that the history still fits the code (the
/// real one keeps such decisions and then fails as non-deterministic, for steps with retries among others).
/// </summary>
/// <param name="Kept">How many turns stay.</param>
/// <param name="ToldAgain">What had happened since and still concerns a step that stays, in order.</param>
/// <param name="Children">Sub-orchestrations that stay decided and that no turn that stays has heard of.</param>
internal sealed record RewindPlan(int Kept, IReadOnlyList<HistoryEvent> ToldAgain, IReadOnlyList<SubOrchestrationCreated> Children)
{
    public static RewindPlan Make(IReadOnlyList<Turn> turns, Failure? failure)
    {
        var kept = Math.Max(turns.Count - 1, 0);
        for (var i = turns.Count - 1; i >= 0 && (i == turns.Count - 1 || turns[i].Decisions.Count == 0); i--)
        {
            if (turns[i].Inputs.Any(input => FailedStep(input) is not null)) kept = i;
        }

        while (failure is { Step: null }) failure = failure.Inner;
        if (failure?.Step is { } step)
        {
            for (var i = 0; i < kept; i++)
            {
                if (turns[i].Inputs.Any(input => FailedStep(input) == step)) kept = i;
            }
        }

        var heard = turns.Take(kept).SelectMany(turn => turn.Inputs).Select(input => input.Answers).ToHashSet();
        var decided = turns.Take(kept).SelectMany(turn => turn.Decisions).ToDictionary(decision => decision.Id);
        var undone = turns.Skip(kept).SelectMany(turn => turn.Inputs).ToList();
        return new RewindPlan(
            kept,
            [.. undone.Where(input => FailedStep(input) is null && input is not ExecutionBroken && (input.Answers is not { } id || decided.ContainsKey(id)))],
            [.. decided.Values.OfType<SubOrchestrationCreated>().Where(decision => !heard.Contains(decision.Id))]);
    }

    private static int? FailedStep(HistoryEvent input) => input is TaskFailed or SubOrchestrationFailed ? input.Answers : null;
}
