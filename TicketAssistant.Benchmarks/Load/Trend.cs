namespace TicketAssistant.Benchmarks.Load;

/// <summary>A straight line through what was measured at equal intervals (least squares).</summary>
internal sealed class Trend
{
    private readonly double _mean;
    private readonly double _slope;
    private readonly int _count;

    /// <param name="values">In order; at least two.</param>
    public Trend(IReadOnlyList<double> values)
    {
        _count = values.Count;
        _mean = values.Average();
        var middle = (_count - 1) / 2.0;
        var (above, below) = (0.0, 0.0);
        for (var i = 0; i < _count; i++)
        {
            above += (i - middle) * (values[i] - _mean);
            below += (i - middle) * (i - middle);
        }

        _slope = above / below;
    }

    /// <summary>How far the line rises from the first value to the last, as a share of the mean.</summary>
    public double Growth => _mean == 0 ? 0 : Math.Round(_slope * (_count - 1) / _mean, 3);

    /// <summary>The values' mean.</summary>
    public double Mean => Math.Round(_mean, 2);
}
