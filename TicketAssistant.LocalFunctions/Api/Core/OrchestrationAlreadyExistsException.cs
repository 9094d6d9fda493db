namespace DurableTask.Core.Exceptions;

/// <summary>An orchestration was to be started under an instance id that is taken by one in a status that the caller asked to keep.</summary>
public class OrchestrationAlreadyExistsException : InvalidOperationException
{
    /// <summary>An exception with a general message.</summary>
    public OrchestrationAlreadyExistsException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">Names the instance id and the status in the way.</param>
    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">Names the instance id and the status in the way.</param>
    /// <param name="innerException">The cause.</param>
    public OrchestrationAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
