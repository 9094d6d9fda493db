namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Guesses the requester's mood; it is shown, and decides nothing.</summary>
internal static class ToneGuess
{
    private const int ShortestShout = 4;

    /// <summary>calm, frustrated or angry.</summary>
    public static string Of(TicketReading reading)
    {
        var (angry, frustrated) = (0.0, 0.0);
        foreach (var finding in reading.Find(CueKind.Tone))
        {
            if (finding.Cue.Section == "angry") angry += finding.Cue.Weight;
            if (finding.Cue.Section == "frustrated") frustrated += finding.Cue.Weight;
        }

        var loud = Shouts(reading.Text.Original) + Runs(reading.Text.Original, "!!") + Runs(reading.Text.Original, "??");
        if (angry + loud / 2.0 >= 1.5) return "angry";
        return angry + frustrated + loud / 2.0 >= 1 ? "frustrated" : "calm";
    }

    private static int Runs(string text, string mark) => Math.Min(2, text.Split(mark).Length - 1);

    // Words in capitals that are no abbreviations; at most three count.
    private static int Shouts(string text)
    {
        var (shouts, run) = (0, 0);
        foreach (var c in text)
        {
            if (char.IsUpper(c)) run++;
            else
            {
                if (run >= ShortestShout && !char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.' or '/')) shouts++;
                run = char.IsLetterOrDigit(c) || c == '_' ? int.MinValue / 2 : 0;
            }
        }

        return Math.Min(3, shouts / 2);
    }
}
