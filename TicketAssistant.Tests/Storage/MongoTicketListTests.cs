using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Mongo;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Storage;

/// <summary>
/// Each list names its index, so the server takes it or refuses; that the index fits the query is held here against how the
/// indexes are defined, by MongoDB's own rule: equalities first, then the keys of the order, all forwards or all backwards.
/// </summary>
public sealed class MongoTicketListTests
{
    private static readonly TicketQuery[] Filters =
    [
        new(),
        new() { RequesterId = Guid.NewGuid() },
        new() { RequesterId = Guid.NewGuid(), Text = "vpn" },
        new() { AssigneeId = Guid.NewGuid(), Status = TicketStatus.Todo },
        new() { Unassigned = true },
        new() { Status = TicketStatus.Done },
        new() { Triage = TriageState.Fallback },
        new() { Triage = TriageState.Succeeded },
        new() { Type = TicketType.Bug },
        new() { Priority = TicketPriority.High },
        new() { Text = "vpn", Staff = true },
        new() { Text = "vpn", Staff = true, AssigneeId = Guid.NewGuid() },
    ];

    [Fact]
    public async Task Each_list_names_an_index_that_begins_with_what_it_asks_for_and_ends_in_its_order()
    {
        await using var database = MongoTestDatabase.Open();
        await new MongoTicketStore(database.Store).ListAsync(new TicketQuery(), TestContext.Current.CancellationToken);
        var indexes = (await (await database.Store.Tickets.Indexes.ListAsync(TestContext.Current.CancellationToken)).ToListAsync(TestContext.Current.CancellationToken))
            .ToDictionary(index => index["name"].AsString, index => index["key"].AsBsonDocument);

        foreach (var filter in Filters)
        {
            foreach (var sort in Enum.GetValues<TicketSort>())
            {
                var query = filter with { Sort = sort };
                var list = new MongoTicketList(query with { Cursor = PageCursor.OfTicket(sort, StoreHarness.NewTicket()) });
                var keys = indexes[list.Index];

                // What it begins with is asked for.
                var first = keys.GetElement(0).Name;
                var asked = list.Filter["$and"].AsBsonArray.SelectMany(condition => condition.AsBsonDocument.Names).ToList();
                Assert.Contains(first, asked);
                Assert.False(list.Index == "words" && asked.Contains(TicketDocument.Requester), "a requester's search would see what staff has written");

                // Then its order, unless it is one of the few tickets of a person, in a rare state, or with these words.
                var isEquality = first is TicketDocument.Requester or TicketDocument.Assignee or TicketDocument.StateOfTriage or TicketDocument.Status;
                var order = keys.Skip(isEquality ? 1 : 0).Take(list.Sort.ElementCount).ToList();
                var walks = Walks(order, list.Sort, 1) || Walks(order, list.Sort, -1);
                var sortsFew = list.Index == "words" || (list.Index is "byRequester" or "byAssignee" or "byTriage" && sort is TicketSort.Updated or TicketSort.Priority);
                Assert.True(walks || sortsFew, $"{list.Index} isn't in the order of {query}");
            }
        }
    }

    private static bool Walks(List<BsonElement> keys, BsonDocument sort, int direction) =>
        keys.Select(key => (key.Name, key.Value.ToInt32() * direction)).SequenceEqual(sort.Select(key => (key.Name, key.Value.ToInt32())));
}
