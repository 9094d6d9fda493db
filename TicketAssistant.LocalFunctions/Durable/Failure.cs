using Microsoft.DurableTask;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>A failure as it is stored: <see cref="TaskFailureDetails"/> without the open dictionary.</summary>
internal sealed record Failure(string Type, string Message, string? StackTrace, Failure? Inner)
{
    /// <summary>The step of the orchestration whose failure this is, where the code let it through; null otherwise.</summary>
    public int? Step { get; init; }

    public static Failure From(TaskFailureDetails details) => new(
        details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure is { } inner ? From(inner) : null);

    /// <summary>The whole chain, through activities and sub-orchestrations down to the first cause, as the real worker keeps it.</summary>
    public static Failure From(Exception exception) => exception is TaskFailedException { InnerException: null } failed
        ? From(TaskFailureDetails.FromException(failed)) with { Inner = From(failed.FailureDetails), Step = failed.TaskId }
        : new Failure(
            exception.GetType().ToString(), exception.Message, exception.StackTrace,
            exception.InnerException is { } inner ? From(inner) : null);

    public TaskFailureDetails ToDetails() => new(Type, Message, StackTrace, Inner?.ToDetails(), null);
}
