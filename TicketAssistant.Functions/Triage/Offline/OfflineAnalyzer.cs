using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>
/// Analyses a ticket by rules: no network, the same answer each time, safe for any number of threads. All of its knowledge is
/// in the tables beside it.
/// </summary>
public static class OfflineAnalyzer
{
    private const int MaxReasoning = 1000;
    private const int FewWords = 12;

    /// <summary>Analyses a ticket. Never fails, whatever the text; what exceeds a limit of the result is cut.</summary>
    /// <param name="title">The ticket's title.</param>
    /// <param name="description">The requester's text; untrusted, and what it tells the machine to do is not done.</param>
    /// <param name="vocabulary">The skills that moderators have.</param>
    public static TicketAnalysis Analyze(string title, string description, SkillVocabulary vocabulary) =>
        Analyze(title, description, vocabulary, CueTables.Matcher, LinearClassifier.Default);

    /// <summary>The same with other tables, which is how they are cross-checked.</summary>
    internal static TicketAnalysis Analyze(string title, string description, SkillVocabulary vocabulary, CueMatcher cues, LinearClassifier classifier)
    {
        var reading = TicketReading.Of(title, description, cues, vocabulary.OwnNames);
        var scores = SkillScorer.Score(reading, vocabulary);
        var skills = SkillChoice.Choose(scores, vocabulary);
        var (kind, verdict) = Decide(reading, scores, classifier);
        var isVague = skills.Count == 0 && !verdict.IsGrave && CountWords(reading) <= FewWords;
        // A cry for help alone says nothing of its kind, and gives no reason to let others wait.
        if (isVague && kind.Reasons.Count <= 1) kind = kind with { Type = TicketType.Other, Lead = 0, Reasons = [] };
        var priority = isVague && verdict.Priority > TicketPriority.Medium ? TicketPriority.Medium : verdict.Priority;

        return new TicketAnalysis(
            TextLimit.Cut(Explain(kind, priority, verdict.Reasons, skills, scores), MaxReasoning),
            Summarizer.Write(reading),
            kind.Type,
            priority,
            skills,
            NotesWriter.Write(reading, kind, priority, verdict.Reasons, skills, scores, isVague),
            reading.Language,
            ToneGuess.Of(reading),
            Confidence(skills, scores, kind.Lead));
    }

    /// <summary>The rules say what they found and what they make of it; how much that is worth, beside the other words, was learned.</summary>
    private static (TypeVerdict Kind, PriorityVerdict Priority) Decide(TicketReading reading, List<SkillScore> skills, LinearClassifier classifier)
    {
        var kind = TypeScorer.Decide(reading, skills);
        var priority = PriorityScorer.Decide(reading, kind.Type);
        var judged = classifier.Judge(reading, kind, priority, skills);
        // Whatever the words are like: urgent is for many people or for lasting damage.
        if (judged.Priority == TicketPriority.Urgent && !priority.IsGrave) judged = judged with { Priority = TicketPriority.High };
        var cues = TypeScorer.Reasons(reading, judged.Type);
        return (
            kind with { Type = judged.Type, Lead = judged.Lead, Reasons = cues.Count > 0 ? cues : judged.TypeWords },
            priority with { Priority = judged.Priority, Reasons = judged.Priority == priority.Priority ? priority.Reasons : [.. judged.PriorityWords, .. priority.Reasons] });
    }

    private static int CountWords(TicketReading reading)
    {
        var words = 0;
        for (var i = 0; i < reading.Text.Sentences.Count; i++)
        {
            if (reading.Dropped[i]) continue;
            var sentence = reading.Text.Sentences[i];
            var text = reading.Text.Text.AsSpan(sentence.Start, sentence.End - sentence.Start);
            for (var at = 0; at < text.Length; at++)
            {
                if (Tokenizer.IsWord(text[at]) && (at == 0 || !Tokenizer.IsWord(text[at - 1]) || (Tokenizer.IsUnspaced(text[at]) && at % 2 == 0))) words++;
            }
        }

        return words;
    }

    private static string Explain(
        TypeVerdict kind, TicketPriority priority, IReadOnlyList<string> reasons, IReadOnlyList<string> skills, List<SkillScore> scores)
    {
        var because = reasons.Count == 0 ? "nothing that makes it more or less pressing" : string.Join(", ", reasons.Take(5));
        var about = skills.Count == 0
            ? "no skill was recognised"
            : $"skills by {string.Join(", ", scores.Where(s => s.Evidence.Count > 0).Take(3).Select(s => $"{s.Canonical} ({string.Join(", ", s.Evidence.Take(3))})"))}";
        var by = kind.Reasons.Count == 0 ? "" : $" ({string.Join(", ", kind.Reasons.Take(5))})";
        return $"Rules: {kind.Type}{by}, {priority}; {because}; {about}.";
    }

    // How clear the kind is and how much evidence the first skill has; rules never know for certain.
    private static double Confidence(IReadOnlyList<string> skills, List<SkillScore> scores, double lead) =>
        skills.Count == 0 ? 0.2 : Math.Round(Math.Min(0.9, 0.3 + 0.3 * lead + 0.3 * Math.Min(1, scores[0].Score / 8)), 2);
}
