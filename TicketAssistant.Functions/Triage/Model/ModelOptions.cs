using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>Which language model is asked, and how. Read once, at start.</summary>
internal sealed record ModelOptions
{
    // An alias that Google moves to its newest Flash model: dated names are switched off within months.
    private const string DefaultModel = "gemini-flash-latest";

    private static readonly Uri DefaultEndpoint = new("https://generativelanguage.googleapis.com/v1beta/openai/");

    /// <summary><c>Ai__Protocol</c>: gemini (default) or openai.</summary>
    public ModelProtocol Protocol { get; init; }

    /// <summary><c>Gemini__ApiKey</c>; null for a server that asks for none, such as Ollama. Never logged.</summary>
    public string? ApiKey { get; init; }

    /// <summary><c>Gemini__Model</c>: the name that is sent. What answered is in the reply.</summary>
    public string Model { get; init; } = DefaultModel;

    /// <summary><c>Gemini__Endpoint</c>: base address of an OpenAI-compatible API, without <c>chat/completions</c>.</summary>
    public Uri Endpoint { get; init; } = DefaultEndpoint;

    /// <summary>False where there is neither a key nor an endpoint of one's own: then only the offline analyser works.</summary>
    public bool Enabled { get; init; }

    /// <summary>The server as messages name it: Gemini, or host and port. Never holds a credential.</summary>
    public string ServerName => Endpoint.Host.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase)
        ? "Gemini"
        : $"The model server {Endpoint.Authority}";

    /// <summary>
    /// The base address of Google's own API that belongs to <see cref="Endpoint"/>: without a trailing
    /// <c>/v1beta/openai/</c>, because Google's client appends the version itself.
    /// </summary>
    public string NativeBaseAddress
    {
        get
        {
            var address = Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
            if (!address.EndsWith("/openai", StringComparison.OrdinalIgnoreCase)) return address;
            address = address[..^"/openai".Length];
            var version = address[(address.LastIndexOf('/') + 1)..];
            return version is "v1" or "v1beta" ? address[..^(version.Length + 1)] : address;
        }
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One is malformed; its name is in the message, the key never is.</exception>
    public static ModelOptions Read(IConfiguration configuration)
    {
        var key = configuration.Text("Gemini__ApiKey");
        if (key is not null && !key.All(c => c is > ' ' and <= '~'))
            throw new SettingException("Gemini__ApiKey", "the key holds a blank, a line break or a non-ASCII character; copy it again.");
        var endpoint = configuration.HttpAddress("Gemini__Endpoint");
        if (endpoint is { UserInfo.Length: > 0 } or { Query.Length: > 0 } or { Fragment.Length: > 0 })
            throw new SettingException("Gemini__Endpoint", "no user, password, query or fragment may be part of the address; the key belongs in Gemini__ApiKey.");
        return new ModelOptions
        {
            Protocol = configuration.Choice("Ai__Protocol", ModelProtocol.Gemini),
            ApiKey = key,
            Model = configuration.Text("Gemini__Model") ?? DefaultModel,
            Endpoint = endpoint ?? DefaultEndpoint,
            Enabled = key is not null || endpoint is not null,
        };
    }

    /// <summary>The settings without the key.</summary>
    public override string ToString() =>
        Enabled ? $"{Model} at {Endpoint} ({Protocol}{(ApiKey is null ? ", no key" : "")})" : "no model";
}
