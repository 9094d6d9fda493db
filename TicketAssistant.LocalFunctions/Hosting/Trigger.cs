using Microsoft.Azure.Functions.Worker;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>What sets a function going.</summary>
internal abstract record Trigger;

/// <summary>An HTTP request.</summary>
/// <param name="Route">The route template below the prefix; the function's name unless given.</param>
/// <param name="Methods">HTTP methods; empty for all.</param>
/// <param name="Level">The key that the caller must present.</param>
internal sealed record HttpFunctionTrigger(string Route, IReadOnlyList<string> Methods, AuthorizationLevel Level) : Trigger;

/// <summary>A schedule.</summary>
internal sealed record TimerFunctionTrigger(TimerSchedule Schedule, bool RunOnStartup) : Trigger;

/// <summary>The engine, for each turn of an orchestration.</summary>
internal sealed record OrchestratorFunctionTrigger : Trigger;

/// <summary>The engine, for an orchestration's call of an activity.</summary>
internal sealed record ActivityFunctionTrigger : Trigger;
