using Xunit;

namespace TicketAssistant.Tests.Storage;

/// <summary>Tests that let a MongoDB server fail go one after the other: a server has one fail point, whoever set it.</summary>
[CollectionDefinition("fail point")]
public sealed class FailPointDefinition;
