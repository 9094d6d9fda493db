namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes the function an activity: the marked parameter receives the input. An activity may run more than once for one call.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : Attribute;
