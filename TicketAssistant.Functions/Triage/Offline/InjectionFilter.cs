namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>
/// Finds sentences that talk to the machine instead of to a colleague: orders to ignore, to set fields, to speak as somebody
/// else. They are left out of everything that is scored, so a ticket comes out the same with and without them. What counts is
/// how traits come together, not the wording.
/// </summary>
internal static class InjectionFilter
{
    private const double Enough = 3;
    private const double EnoughBeside = 1.5;

    /// <summary>For each sentence whether it steers.</summary>
    public static bool[] FindSteering(TicketText text, IReadOnlyList<Finding> findings)
    {
        var traits = new Traits[text.Sentences.Count];
        foreach (var finding in findings)
        {
            if (finding.Cue.Kind == CueKind.Steering) traits[finding.Sentence].Add(finding.Cue);
        }

        var dropped = new bool[traits.Length];
        for (var i = 0; i < traits.Length; i++) dropped[i] = traits[i].Score >= Enough;
        DropBlocks(text, traits, dropped);
        SpreadInParagraph(text, traits, dropped);
        return dropped;
    }

    // An opening tag reaches to its closing one; a forged end of the ticket, or a forged other ticket, to the end of its paragraph.
    private static void DropBlocks(TicketText text, Traits[] traits, bool[] dropped)
    {
        for (var i = 0; i < traits.Length; i++)
        {
            if (traits[i].Role is not { } role || !dropped[i]) continue;
            var last = i;
            if (role[0] is '<' or '[')
            {
                last = Math.Max(i, Array.FindIndex(traits, i, t => t.Closes));
            }
            else if (role.Contains("end", StringComparison.Ordinal) || role.Contains("ticket", StringComparison.Ordinal))
            {
                while (last + 1 < traits.Length && text.Sentences[last + 1].Paragraph == text.Sentences[i].Paragraph) last++;
            }

            Array.Fill(dropped, true, i, last - i + 1);
            i = last;
        }
    }

    private static void SpreadInParagraph(TicketText text, Traits[] traits, bool[] dropped)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < traits.Length; i++)
            {
                if (dropped[i] || traits[i].Score < EnoughBeside) continue;
                var before = i > 0 && dropped[i - 1] && text.Sentences[i - 1].Paragraph == text.Sentences[i].Paragraph;
                var after = i + 1 < dropped.Length && dropped[i + 1] && text.Sentences[i + 1].Paragraph == text.Sentences[i].Paragraph;
                dropped[i] = before || after;
            }
        }
    }

    private struct Traits
    {
        private double role, overriding, machine, order, fields, labels, assignments;

        public string? Role { get; private set; }

        public bool Closes { get; private set; }

        // An order alone is what people write all day; it counts with the machine, a field or a value beside it.
        public readonly double Score =>
            role + overriding + machine + Math.Min(order, 2) * (machine + fields + labels + overriding + role > 0 ? 1 : 0)
            + Math.Min(fields, 2) * 0.75 + Math.Min(labels, 2) * 0.75 * (order + fields + overriding + assignments + role > 0 ? 1 : 0) + Math.Min(assignments, 4);

        public void Add(Cue cue)
        {
            switch (cue.Section)
            {
                case "override": overriding = Math.Max(overriding, cue.Weight); break;
                case "machine": machine = Math.Max(machine, cue.Weight); break;
                case "order": order += cue.Weight; break;
                case "field": fields += cue.Weight; break;
                case "label": labels += cue.Weight; break;
                case "assignment": assignments += cue.Weight; break;
                case "role":
                    Closes |= cue.Phrase.Contains('/', StringComparison.Ordinal) || cue.Phrase.Contains("_end", StringComparison.Ordinal);
                    if (cue.Weight > role) (role, Role) = (cue.Weight, cue.Phrase);
                    break;
                default: throw new InvalidOperationException($"Table 'steering.txt': unknown heading '{cue.Section}'.");
            }
        }
    }
}
