using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TicketAssistant.Functions.Accounts;

/// <summary>The page behind the link in the welcome: one sentence, and one button while there is something to confirm. No script.</summary>
internal static class ConfirmPage
{
    /// <summary>Its Content-Security-Policy: the form goes to where the page came from.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The link was used before.</summary>
    public static string AlreadyDone { get; } = Page("This address is confirmed", "<p>There is nothing more to do.</p>");

    /// <summary>The link is broken or too old.</summary>
    public static string Bad { get; } = Page(
        "This link does not work", "<p>It is incomplete or has expired. Log in and ask for another mail.</p>");

    /// <summary>Asks whether to confirm.</summary>
    public static string Ask(string email, string token) => Page(
        "Is this your address?",
        $"""
        <p dir="auto"><strong>{Encoder.Encode(email)}</strong></p>
        <form method="post" action="?token={Uri.EscapeDataString(token)}"><button type="submit">Yes, confirm it</button></form>
        <p class="soft">If it isn't, close this page: nothing happens.</p>
        """);

    /// <summary>It is done.</summary>
    public static string Done(string email) => Page(
        "Thank you",
        $"""<p><strong dir="auto">{Encoder.Encode(email)}</strong> is confirmed. From now on you get mails about your tickets.</p>""");

    private static string Page(string title, string body) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{Encoder.Encode(title)}}</title>
        <style>
        :root { color-scheme: light dark; --page: #f3f5f7; --card: #fff; --ink: #1b2229; --soft: #56616c; --line: #dde2e7; --focus: #1f5fae; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #14181d; --card: #1d232a; --ink: #e8ebee; --soft: #a9b4bf; --line: #343d47; --focus: #8ab8f0; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; }
        main { max-width: 30rem; margin: 12vh auto 0; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
        @media (max-width: 32rem) { main { margin: 1rem; } }
        h1 { font-size: 1.35rem; line-height: 1.35; margin: 0 0 .75rem; }
        p { margin: .75rem 0 0; }
        .soft { color: var(--soft); font-size: .9rem; }
        button { margin-top: 1.25rem; padding: .75rem 1.25rem; font: inherit; font-weight: 600; color: #fff; background: #1f5fae; border: 0; border-radius: 6px; cursor: pointer; }
        button:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
        </style>
        </head>
        <body>
        <main>
        <h1>{{Encoder.Encode(title)}}</h1>
        {{body}}
        </main>
        </body>
        </html>

        """;
}
