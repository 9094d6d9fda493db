namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>Looks into the app's store while the app runs.</summary>
internal interface IStoreProbe
{
    Debts Read();
}
