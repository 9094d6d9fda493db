using System.Globalization;
using MongoDB.Driver;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// Which of the driver's exceptions mean that the store is away. Any other is a mistake of ours and stays what it is. Our
/// messages have nothing of the driver's, which may name hosts and users.
/// </summary>
internal static class MongoFailures
{
    private const int DuplicateKey = 11000;

    // Error codes of the server that speak of its state and not of our command; names as in MongoDB's error_codes.yml.
    private static readonly Dictionary<int, string> Passing = new()
    {
        [6] = "a host can't be reached",
        [7] = "a host isn't found",
        [13] = "the user may not do this: give it the role readWrite on the database",
        [18] = "the user or the password was refused",
        [50] = "the operation took too long",
        [64] = "the write was not confirmed by a majority in time",
        [85] = "an index of the same name or keys differs from ours: drop it and it is made anew",
        [86] = "an index of the same name differs from ours: drop it and it is made anew",
        [89] = "the network took too long",
        [91] = "the server is shutting down",
        [189] = "the primary stepped down",
        [262] = "the operation took too long",
        [9001] = "a connection broke",
        [10107] = "the server is not the primary",
        [11600] = "the server is shutting down",
        [11602] = "the primary stepped down",
        [13435] = "the server is not the primary",
        [13436] = "the server is recovering",
        [16500] = "too many requests",
    };

    public static StoreUnavailableException? Translate(Exception exception) => exception switch
    {
        TimeoutException or MongoExecutionTimeoutException => TookTooLong(exception),
        MongoAuthenticationException => Unavailable(Passing[18], exception),
        MongoConnectionException => Unavailable("it can't be reached", exception),
        MongoWaitQueueFullException => Unavailable("too many operations wait for a connection", exception),
        MongoConfigurationException => Unavailable("its address can't be looked up", exception),
        ObjectDisposedException => Unavailable("the app is shutting down", exception),
        MongoWriteException { WriteError: null } e => Unavailable(Reason(e.WriteConcernError?.Code ?? 0), exception),
        MongoWriteException { WriteError: { } error } when Passing.ContainsKey(error.Code) => Unavailable(Reason(error.Code), exception),
        MongoWriteConcernException e => Unavailable(Reason(e.Code), exception),
        MongoCommandException e when Passing.ContainsKey(e.Code) => Unavailable(Reason(e.Code), exception),
        _ => null,
    };

    public static StoreUnavailableException TookTooLong(Exception exception) => Unavailable("it didn't answer in time", exception);

    /// <summary>Whether a unique index refused the write.</summary>
    public static bool IsDuplicateKey(MongoWriteException exception) => exception.WriteError?.Code == DuplicateKey;

    private static string Reason(int code) =>
        Passing.GetValueOrDefault(code) ?? string.Create(CultureInfo.InvariantCulture, $"the server reported error {code}");

    private static StoreUnavailableException Unavailable(string reason, Exception exception) =>
        new($"The MongoDB store is away: {reason}.", exception);
}
