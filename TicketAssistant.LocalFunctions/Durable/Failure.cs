using Microsoft.DurableTask;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>A failure as it is stored: <see cref="TaskFailureDetails"/> without the open dictionary.</summary>
internal sealed record Failure(string Type, string Message, string? StackTrace, Failure? Inner)
{
    public static Failure From(TaskFailureDetails details) => new(
        details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure is { } inner ? From(inner) : null);

    public static Failure From(Exception exception) => From(TaskFailureDetails.FromException(exception));

    public TaskFailureDetails ToDetails() => new(Type, Message, StackTrace, Inner?.ToDetails(), null);
}
