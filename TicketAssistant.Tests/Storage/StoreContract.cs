namespace TicketAssistant.Tests.Storage;

/// <summary>What the stores promise, whatever database is behind them. A subclass a database; a subject a file.</summary>
public abstract partial class StoreContract : StoreHarness;
