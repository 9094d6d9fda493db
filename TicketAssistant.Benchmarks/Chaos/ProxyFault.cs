namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>What a <see cref="FaultyProxy"/> does to what passes through it.</summary>
internal enum ProxyFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Swallows everything, both ways: silence on open connections.</summary>
    Drop,

    /// <summary>Passes everything on, late.</summary>
    Delay,

    /// <summary>Breaks the connection (RST) with the first bytes that come, whichever way.</summary>
    Reset,

    /// <summary>Passes on a part of the answer and ends the connection.</summary>
    Truncate,
}
