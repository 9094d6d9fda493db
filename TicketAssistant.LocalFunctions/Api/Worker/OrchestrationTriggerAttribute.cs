namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Makes the function an orchestrator. Marks its <see cref="Microsoft.DurableTask.TaskOrchestrationContext"/> parameter;
/// a further parameter receives the input.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : Attribute;
