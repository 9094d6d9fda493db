using Microsoft.Playwright;
using Xunit;

namespace TicketAssistant.Tests.Web;

/// <summary>How somebody works a page: with a pointer, a finger, or the keyboard alone.</summary>
internal sealed class Hand(IPage page, HandKind kind)
{
    private const int MostTabs = 150;

    /// <summary>Presses a button or a link, or checks a box.</summary>
    public async Task PressAsync(ILocator target)
    {
        switch (kind)
        {
            case HandKind.Mouse:
                await target.ClickAsync();
                break;
            case HandKind.Finger:
                await target.TapAsync();
                break;
            default:
                await ReachAsync(target);
                await page.Keyboard.PressAsync(await target.GetAttributeAsync("type") is "checkbox" ? "Space" : "Enter");
                break;
        }
    }

    /// <summary>Writes into a field.</summary>
    public async Task WriteAsync(ILocator field, string text)
    {
        if (kind == HandKind.Keyboard) await ReachAsync(field);
        else await PressAsync(field);
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Chooses from a list that unfolds.</summary>
    public async Task ChooseAsync(ILocator list, string option)
    {
        if (kind == HandKind.Keyboard)
        {
            await ReachAsync(list);
            await page.Keyboard.TypeAsync(option);
        }
        else
        {
            await list.SelectOptionAsync(option);
        }
    }

    /// <summary>Goes there by Tab; fails where that leads nowhere, or to where the focus can't be seen.</summary>
    private async Task ReachAsync(ILocator target)
    {
        await target.WaitForAsync();
        for (var i = 0; i < MostTabs; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                var outline = await target.EvaluateAsync<bool>(
                    "element => { for (let e = element; e; e = e.parentElement) { const s = getComputedStyle(e); if (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) return true; } return false; }");
                Assert.True(outline, $"The focus on {target} can't be seen.");
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{target} can't be reached by Tab.");
    }
}
