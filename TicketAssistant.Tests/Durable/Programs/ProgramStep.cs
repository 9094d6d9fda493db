namespace TicketAssistant.Tests.Durable.Programs;

/// <summary>What a step of a generated orchestration does.</summary>
public enum StepKind
{
    /// <summary>An activity that returns.</summary>
    Activity,

    /// <summary>An activity that fails a few times and is tried again until it returns.</summary>
    Flaky,

    /// <summary>An activity that fails for good, caught.</summary>
    Failing,

    /// <summary>A timer of so many milliseconds.</summary>
    Timer,

    /// <summary>An event that an activity raises, waited for beside it.</summary>
    Event,

    /// <summary>All inner steps at once.</summary>
    FanOut,

    /// <summary>The inner steps as an orchestration of their own.</summary>
    Child,

    /// <summary>Goes on with the rest as a new generation.</summary>
    ContinueAsNew,
}

/// <summary>One step; <paramref name="Number"/> is its argument, <paramref name="Inner"/> the steps within it.</summary>
public sealed record ProgramStep(StepKind Kind, int Number, IReadOnlyList<ProgramStep> Inner)
{
    /// <inheritdoc/>
    public override string ToString() => Inner.Count == 0 ? $"{Kind} {Number}" : $"{Kind}({string.Join(", ", Inner)})";
}
