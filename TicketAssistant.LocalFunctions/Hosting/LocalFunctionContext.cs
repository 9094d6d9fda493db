using System.Collections;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>One invocation.</summary>
/// <param name="function">The invoked function.</param>
/// <param name="services">The invocation's own scope.</param>
/// <param name="triggerValue">What the trigger's parameter receives; an activity's is still JSON.</param>
/// <param name="cancellationToken">Signalled when the caller or the host gives up.</param>
internal sealed class LocalFunctionContext(
    LocalFunction function, IServiceProvider services, object? triggerValue, CancellationToken cancellationToken) : FunctionContext
{
    private readonly Activity? _span = Activity.Current;
    private string? _invocationId;
    private IDictionary<object, object>? _items;

    /// <summary>What the trigger's parameter receives.</summary>
    public object? TriggerValue => triggerValue;

    /// <summary>What [DurableClient] parameters receive.</summary>
    public DurableTaskClient? DurableClient { get; init; }

    /// <summary>What the function returned.</summary>
    public InvocationResultFeature Result { get; } = new();

    /// <summary>The invoked function.</summary>
    public LocalFunction Function => function;

    /// <inheritdoc/>
    public override string InvocationId => _invocationId ??= Guid.NewGuid().ToString();

    /// <inheritdoc/>
    public override string FunctionId => function.Id;

    /// <summary>What set it going, as <see cref="TraceText"/>; counts where nobody listens, and so there is no span.</summary>
    public string? Trace { get; init; }

    /// <inheritdoc/>
    public override TraceContext TraceContext => field ??= new Place(TraceText.Split(TraceText.Of(_span) ?? Trace));

    /// <inheritdoc/>
    public override BindingContext BindingContext => field ??= new Bindings(BindingData);

    /// <summary>Values by name, route values among them.</summary>
    public IReadOnlyDictionary<string, object?> BindingData { get; init; } = new Dictionary<string, object?>();

    /// <inheritdoc/>
    public override RetryContext RetryContext { get; } = new NoRetries();

    /// <inheritdoc/>
    public override IServiceProvider InstanceServices { get; set; } = services;

    /// <inheritdoc/>
    public override FunctionDefinition FunctionDefinition => function;

    /// <inheritdoc/>
    public override IDictionary<object, object> Items
    {
        get => _items ??= new Dictionary<object, object>();
        set => _items = value;
    }

    /// <inheritdoc/>
    public override IInvocationFeatures Features => field ??= new InvocationFeatures(Result);

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => cancellationToken;

    private sealed class Bindings(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class NoRetries : RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }

    private sealed class Place((string? Parent, string? State) trace) : TraceContext
    {
        public override string TraceParent => trace.Parent ?? "";

        public override string TraceState => trace.State ?? "";
    }

    private sealed class InvocationFeatures(InvocationResultFeature result) : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> _features = new() { [typeof(InvocationResultFeature)] = result };

        public void Set<T>(T instance) => _features[typeof(T)] = instance ?? throw new ArgumentNullException(nameof(instance));

        public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
