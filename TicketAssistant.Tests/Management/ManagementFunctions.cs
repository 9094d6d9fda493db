using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace TicketAssistant.Tests.Management;

/// <summary>The small app that the tests of the management API and of the runs page look at.</summary>
internal sealed class ManagementFunctions(ManagementFunctions.Machine machine)
{
    /// <summary>Works or doesn't, as the test wants.</summary>
    public sealed class Machine
    {
        public bool Works { get; set; }
    }

    [Function("Waits")]
    public static async Task<string> Waits([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus(new { Step = "waiting" });
        return await context.WaitForExternalEvent<string>("go");
    }

    [Function("Greets")]
    public static async Task<string> Greets([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        return await context.CallActivityAsync<string>("Greet", context.GetInput<string>());
    }

    /// <summary>Tries twice, then fails; after a repair and a rewind it completes.</summary>
    [Function("Uses")]
    public static async Task<string> Uses([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<string>("Greet", "machine");
        var retry = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(20)));
        return await context.CallActivityAsync<string>("Use", "coin", retry);
    }

    [Function("Delegates")]
    public static async Task<string> Delegates([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallSubOrchestratorAsync<string>("Greets", "child", new SubOrchestrationOptions(instanceId: context.InstanceId + "-child"));

    [Function("Greet")]
    public static string Greet([ActivityTrigger] string name) => $"Hello {name} <b>";

    [Function("Use")]
    public string Use([ActivityTrigger] string coin) => machine.Works ? $"a {coin} well spent" : throw new InvalidOperationException("out of order");
}
