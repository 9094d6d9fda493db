using System.Reflection;

namespace Microsoft.DurableTask;

/// <summary>What history keeps of an exception.</summary>
/// <param name="ErrorType">The exception's type: namespace and name.</param>
/// <param name="ErrorMessage">Its message.</param>
/// <param name="StackTrace">Its stack trace, where there is one.</param>
/// <param name="InnerFailure">Its inner exception, where there is one.</param>
/// <param name="Properties">What else is known of it; null for nothing.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    /// <summary>The details of an exception and of its inner ones.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>The details.</returns>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new TaskFailureDetails(
            exception.GetType().ToString(),
            exception.Message,
            exception.StackTrace,
            exception.InnerException is { } inner ? FromException(inner) : null,
            null);
    }

    /// <summary>Whether the exception was of a type or of one derived from it. Inner failures are not looked at.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>True where it was; false where it wasn't, or its type isn't loaded in this process.</returns>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies have a type of that name.</exception>
    public bool IsCausedBy<T>()
        where T : Exception
        => IsCausedBy(typeof(T));

    /// <summary>Whether the exception was of a type or of one derived from it. Inner failures are not looked at.</summary>
    /// <param name="targetBaseExceptionType">The type.</param>
    /// <returns>True where it was; false where it wasn't, or its type isn't loaded in this process.</returns>
    /// <exception cref="ArgumentException">The type is not an exception's.</exception>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies have a type of that name.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!targetBaseExceptionType.IsAssignableTo(typeof(Exception)))
        {
            throw new ArgumentException($"{targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        }

        return targetBaseExceptionType.IsAssignableFrom(FindType(targetBaseExceptionType.Assembly));
    }

    /// <summary>The type and message on one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    // The details carry no assembly name. The target's own assembly comes first, so that its type wins over a namesake.
    private Type? FindType(Assembly likely)
    {
        if (string.IsNullOrEmpty(ErrorType))
        {
            return null;
        }

        if ((likely.GetType(ErrorType) ?? typeof(object).Assembly.GetType(ErrorType)) is { } found)
        {
            return found;
        }

        Type[] matches =
        [
            .. AppDomain.CurrentDomain.GetAssemblies()
                .Select(assembly => assembly.GetType(ErrorType))
                .OfType<Type>()
                .Distinct(), // an assembly that forwards a type answers with the same one
        ];
        return matches.Length <= 1
            ? matches.FirstOrDefault()
            : throw new AmbiguousMatchException(
                $"{matches.Length} loaded assemblies have a type {ErrorType}: " +
                $"{string.Join(", ", matches.Select(type => type.Assembly.GetName().Name))}; give the exception types different names.");
    }
}
