namespace Microsoft.Azure.Functions.Worker;

/// <summary>Fills the marked parameter with the <see cref="Microsoft.DurableTask.Client.DurableTaskClient"/>, which is not a service.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : Attribute;
