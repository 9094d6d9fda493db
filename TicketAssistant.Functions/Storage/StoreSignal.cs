using System.Threading.Channels;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// Says within this process that something was stored, so that nobody has to ask all the time. It is a hint: what other
/// processes store it doesn't tell. For one who waits.
/// </summary>
internal sealed class StoreSignal
{
    // Any number of writes before somebody waits are one signal.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something was stored. Takes next to no time and never fails.</summary>
    public void Raise() => _signal.Writer.TryWrite(true);

    /// <summary>Completes when something has been stored since the last time.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);
}
