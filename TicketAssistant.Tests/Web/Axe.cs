using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace TicketAssistant.Tests.Web;

/// <summary>What holds of every page in every state.</summary>
internal static class Axe
{
    // The innermost elements that stick out.
    private const string Widest = """
        [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
            .filter((e, _, all) => !all.some(other => other !== e && e.contains(other)))
            .slice(0, 5).map(e => e.outerHTML.slice(0, 200)).join(' | ')
        """;

    /// <summary>Checks that axe finds nothing, WCAG 2.2 AA and best practices, and that nothing is wider than the screen.</summary>
    public static async Task IsCleanAsync(IPage page, string what)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = new HashSet<ResultType> { ResultType.Violations } });
        Assert.Equal("", string.Join('\n', result.Violations.Select(v => $"{what}: {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{what} is {tooWide} pixels wider than the screen: {(tooWide > 0 ? await page.EvaluateAsync<string>(Widest) : "")}");
    }
}
