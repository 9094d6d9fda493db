using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TicketAssistant.Functions.Http;

/// <summary>The shell of the few pages that the server writes itself: no script, light and dark, as wide as the screen is.</summary>
internal static class PlainPage
{
    /// <summary>For every text in such a page; letters of all languages stay readable in the source.</summary>
    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>A whole page.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="style">
    /// CSS rules beyond the shell's own, in whose colours they may write: <c>--page --card --ink --soft --line --link</c>.
    /// </param>
    /// <param name="body">HTML, its texts encoded.</param>
    public static string Write(string title, string style, string body) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{Encoder.Encode(title)}}</title>
        <style>
        :root { color-scheme: light dark; --page: #f3f5f7; --card: #fff; --ink: #1b2229; --soft: #56616c; --line: #dde2e7; --link: #1f5fae; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #14181d; --card: #1d232a; --ink: #e8ebee; --soft: #a9b4bf; --line: #343d47; --link: #8ab8f0; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.35rem; line-height: 1.35; margin: 0 0 .75rem; }
        .soft { color: var(--soft); font-size: .9rem; }
        {{style}}
        </style>
        </head>
        <body>
        <main>
        {{body}}
        </main>
        </body>
        </html>

        """;
}
