namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>A cue that was found, with the sentence in which it stands.</summary>
internal readonly record struct Finding(int Start, int End, Cue Cue, int Sentence);
