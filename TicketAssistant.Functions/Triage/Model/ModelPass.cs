namespace TicketAssistant.Functions.Triage.Model;

/// <summary>The right to put one question to the model; disposing gives it back.</summary>
/// <param name="gate">Whose.</param>
/// <param name="isProbe">True where it is the one that tries whether the model is back.</param>
internal sealed class ModelPass(ModelGate gate, bool isProbe) : IDisposable
{
    private bool _left;

    /// <summary>Tells the gate how it went. Left out where nothing was learned of the model.</summary>
    public void Report(ModelOutcome outcome) => gate.Learn(outcome, isProbe);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_left) return;
        _left = true;
        gate.Leave(isProbe);
    }
}
