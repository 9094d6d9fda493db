namespace TicketAssistant.Tests.Durable.Programs;

/// <summary>The input of a generated orchestration: what is left to do and what came of the rest.</summary>
public sealed record ProgramState(IReadOnlyList<ProgramStep> Left, IReadOnlyList<string> Results);
