using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;
using MongoDB.Driver.Core.Events;
using TicketAssistant.Functions.Telemetry;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// A span a command, by OpenTelemetry's conventions for databases, where it is part of a trace: what looks after the store in the
/// background would be a trace of its own each time. Not the driver's own spans: those hold the server's error messages, and
/// that of a duplicate key quotes the key, which may be an e-mail address.
/// </summary>
internal sealed class MongoSpans
{
    private readonly ConcurrentDictionary<int, Activity> _open = new();

    /// <summary>Has the commands of a client watched.</summary>
    public void Watch(ClusterBuilder cluster) => cluster
        .Subscribe<CommandStartedEvent>(Begin)
        .Subscribe<CommandSucceededEvent>(command => End(command.RequestId, null))
        .Subscribe<CommandFailedEvent>(command => End(command.RequestId, command.Failure));

    private void Begin(CommandStartedEvent command)
    {
        if (Activity.Current is not { } caller) return;
        // A command's first element names it, and its collection if it has one; that of getMore is another.
        var target = command.Command.GetValue(command.CommandName == "getMore" ? "collection" : command.CommandName, null);
        var collection = target is { IsString: true } ? target.AsString : null;
        var span = AppTelemetry.Source.StartActivity(
            collection is null ? command.CommandName : $"{command.CommandName} {collection}",
            ActivityKind.Client,
            parentContext: default,
            [
                new("db.system.name", "mongodb"),
                new("db.namespace", command.DatabaseNamespace.DatabaseName),
                new("db.operation.name", command.CommandName),
                new("db.collection.name", collection),
                .. Server(command.ConnectionId.ServerId.EndPoint),
            ]);
        // The driver goes on to what is not part of the command.
        Activity.Current = caller;
        if (span is not null) _open[command.RequestId] = span;
    }

    private void End(int requestId, Exception? failure)
    {
        if (!_open.TryRemove(requestId, out var span)) return;
        if (failure is not null)
        {
            var code = (failure as MongoCommandException)?.Code.ToString(CultureInfo.InvariantCulture);
            span.SetStatus(ActivityStatusCode.Error)
                .SetTag("db.response.status_code", code)
                .SetTag("error.type", code ?? failure.GetType().FullName);
        }

        var current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }

    private static KeyValuePair<string, object?>[] Server(EndPoint endPoint) => endPoint switch
    {
        DnsEndPoint dns => [new("server.address", dns.Host), new("server.port", dns.Port)],
        IPEndPoint ip => [new("server.address", ip.Address.ToString()), new("server.port", ip.Port)],
        _ => [],
    };
}
