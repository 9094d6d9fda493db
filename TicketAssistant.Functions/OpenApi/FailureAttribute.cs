namespace TicketAssistant.Functions.OpenApi;

/// <summary>Problem details that an HTTP function answers with, beyond those that every function of its form has.</summary>
/// <param name="status">The HTTP status code, 400 to 599.</param>
/// <param name="title">The problem's title.</param>
/// <param name="detail">Its detail: what is wrong, and what would help.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class FailureAttribute(int status, string title, string detail) : Attribute
{
    /// <summary>The HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>The problem's title.</summary>
    public string Title { get; } = title;

    /// <summary>Its detail.</summary>
    public string Detail { get; } = detail;
}
