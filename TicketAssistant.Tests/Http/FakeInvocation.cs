using System.Collections;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.LocalFunctions.Hosting;

namespace TicketAssistant.Tests.Http;

/// <summary>An invocation as the host hands it to middleware, with a request and a response that can be looked at.</summary>
internal sealed class FakeInvocation : FunctionContext
{
    public FakeInvocation(string function = "Function", bool http = true)
    {
        FunctionDefinition = new Definition(function);
        Features.Set(new InvocationResultFeature());
        Http.RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider();
        Http.Features.Set<IHttpRequestLifetimeFeature>(Lifetime);
        Http.Response.Body = new MemoryStream();
        if (http) Items[HostKeys.HttpContext] = Http;
    }

    public DefaultHttpContext Http { get; } = new();

    public ConnectionState Lifetime { get; } = new();

    public override string InvocationId => "1";

    public override string FunctionId => "1";

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext => throw new NotSupportedException();

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; } = null!;

    public override FunctionDefinition FunctionDefinition { get; }

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new FeatureList();

    public string BodyText => Encoding.UTF8.GetString(((MemoryStream)Http.Response.Body).ToArray());

    public JsonElement BodyJson => JsonSerializer.Deserialize<JsonElement>(BodyText);

    public sealed class ConnectionState : IHttpRequestLifetimeFeature
    {
        public bool Aborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => Aborted = true;
    }

    private sealed class Definition(string name) : FunctionDefinition
    {
        public override string PathToAssembly => "";

        public override string EntryPoint => "";

        public override string Id => "1";

        public override string Name => name;
    }

    private sealed class FeatureList : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> _features = [];

        public void Set<T>(T instance) => _features[typeof(T)] = instance!;

        public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
