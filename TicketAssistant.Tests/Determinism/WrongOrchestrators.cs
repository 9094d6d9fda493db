using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;

namespace TicketAssistant.Tests.Determinism;

/// <summary>One thing a method that no orchestrator may do, and one method that does none. Never run, and no functions.</summary>
internal static class WrongOrchestrators
{
    private static int s_counter;

    private static DateTimeOffset Now => DateTimeOffset.Now;

    public static DateTime Clock([OrchestrationTrigger] TaskOrchestrationContext context) => DateTime.UtcNow;

    public static DateTimeOffset ClockThroughAProperty([OrchestrationTrigger] TaskOrchestrationContext context) => Now;

    public static DateTimeOffset TimeProviders([OrchestrationTrigger] TaskOrchestrationContext context) => TimeProvider.System.GetUtcNow();

    public static Guid NewGuid([OrchestrationTrigger] TaskOrchestrationContext context) => Guid.NewGuid();

    public static Guid Version7Guid([OrchestrationTrigger] TaskOrchestrationContext context) => Guid.CreateVersion7();

    public static int Randomness([OrchestrationTrigger] TaskOrchestrationContext context) => Random.Shared.Next();

    public static string? EnvironmentVariable([OrchestrationTrigger] TaskOrchestrationContext context) => Environment.GetEnvironmentVariable("X");

    public static string? Setting([OrchestrationTrigger] TaskOrchestrationContext context) => ((IConfiguration)new ConfigurationManager())["X"];

    public static async Task<string> Http([OrchestrationTrigger] TaskOrchestrationContext context, HttpClient client) =>
        await client.GetStringAsync(new Uri("http://localhost"));

    public static string ReadsAFile([OrchestrationTrigger] TaskOrchestrationContext context) => File.ReadAllText("x");

    public static async Task Delay([OrchestrationTrigger] TaskOrchestrationContext context) => await Task.Delay(1);

    public static async Task DelayInAHelper([OrchestrationTrigger] TaskOrchestrationContext context) => await HelpAsync();

    private static async Task HelpAsync() => await Task.Delay(1);

    public static async Task DelayInALambda([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await Task.WhenAll(Enumerable.Range(1, 2).Select(async number => await Task.Delay(number)));

    public static async Task<int> RunsOnThePool([OrchestrationTrigger] TaskOrchestrationContext context) => await Task.Run(() => 1);

    public static async Task<int> LeavesTheContext([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<int>("Step").ConfigureAwait(false);

    public static int Blocks([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<int>("Step").Result;

    public static Task<int> Token([OrchestrationTrigger] TaskOrchestrationContext context, CancellationToken token) =>
        context.CallActivityAsync<int>("Step", token.IsCancellationRequested);

    public static Task<int> Counter([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<int>("Step", s_counter++);

    public static async Task<int> Right([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CreateTimer(context.CurrentUtcDateTime.AddSeconds(Math.Max(1, 2)), CancellationToken.None);
        return await context.CallActivityAsync<int>("Step", context.NewGuid());
    }
}
