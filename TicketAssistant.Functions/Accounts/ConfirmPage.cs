using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Accounts;

/// <summary>The page behind the link in the welcome: one sentence, and one button while there is something to confirm. No script.</summary>
internal static class ConfirmPage
{
    /// <summary>Its Content-Security-Policy: the form goes to where the page came from.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string Style = """
        main { max-width: 30rem; margin: 12vh auto 0; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
        @media (max-width: 32rem) { main { margin: 1rem; } }
        p { margin: .75rem 0 0; }
        button { margin-top: 1.25rem; padding: .75rem 1.25rem; font: inherit; font-weight: 600; color: #fff; background: #1f5fae; border: 0; border-radius: 6px; cursor: pointer; }
        button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        """;

    /// <summary>The link was used before.</summary>
    public static string AlreadyDone { get; } = Page("This address is confirmed", "<p>There is nothing more to do.</p>");

    /// <summary>The link is broken or too old.</summary>
    public static string Bad { get; } = Page(
        "This link does not work", "<p>It is incomplete or has expired. Log in and ask for another mail.</p>");

    /// <summary>Asks whether to confirm.</summary>
    public static string Ask(string email, string token) => Page(
        "Is this your address?",
        $"""
        <p dir="auto"><strong>{PlainPage.Encoder.Encode(email)}</strong></p>
        <form method="post" action="?token={Uri.EscapeDataString(token)}"><button type="submit">Yes, confirm it</button></form>
        <p class="soft">If it isn't, close this page: nothing happens.</p>
        """);

    /// <summary>It is done.</summary>
    public static string Done(string email) => Page(
        "Thank you",
        $"""<p><strong dir="auto">{PlainPage.Encoder.Encode(email)}</strong> is confirmed. From now on you get mails about your tickets.</p>""");

    private static string Page(string title, string body) => PlainPage.Write(title, Style, $"<h1>{PlainPage.Encoder.Encode(title)}</h1>\n{body}");
}
