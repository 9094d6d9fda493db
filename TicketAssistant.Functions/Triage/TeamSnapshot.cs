using TicketAssistant.Functions.Triage.Routing;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage;

/// <summary>The team's skills at one version of the directory.</summary>
/// <param name="Version">The directory version that it was built from.</param>
/// <param name="Vocabulary">What analysers may ask for.</param>
/// <param name="Index">Who has which skill.</param>
public sealed record TeamSnapshot(long Version, SkillVocabulary Vocabulary, SkillIndex Index);
