using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.Tests.Support;

/// <summary>Keeps what is logged, at every level.</summary>
public sealed class ListLogger<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> entries = new();

    /// <summary>All entries so far, in order, with the text of their exceptions.</summary>
    public IReadOnlyList<(LogLevel Level, string Text)> Entries => [.. entries];

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc />
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        entries.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
}
