namespace TicketAssistant.Functions.Limits;

/// <summary>When attempts under one key have to wait.</summary>
/// <param name="Free">So many may be made one after the other; after each further one the wait doubles.</param>
/// <param name="FirstWait">The wait after the last free one.</param>
/// <param name="LongestWait">No wait is longer.</param>
/// <param name="Memory">After so long without an attempt all is forgotten.</param>
public sealed record AttemptRule(int Free, TimeSpan FirstWait, TimeSpan LongestWait, TimeSpan Memory);
