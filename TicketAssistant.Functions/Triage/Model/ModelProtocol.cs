namespace TicketAssistant.Functions.Triage.Model;

/// <summary>How the model server is spoken to.</summary>
internal enum ModelProtocol
{
    /// <summary>Google's own API where its client library is part of the build, its OpenAI-compatible endpoint elsewhere.</summary>
    Gemini,

    /// <summary>The OpenAI chat-completions protocol: Gemini's compatible endpoint, Ollama, Azure OpenAI and others.</summary>
    OpenAi,
}
