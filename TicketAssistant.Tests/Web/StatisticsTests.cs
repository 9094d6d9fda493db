using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>The statistics page: each picture says what the API says, to whoever sees it and to whoever doesn't.</summary>
[Collection(WebTests.Name)]
public sealed class StatisticsTests(WebFixture fixture)
{
    private static readonly string[] Figures = ["volume", "type", "priority", "sources", "firstResponse", "resolution", "load", "agreement"];

    [Fact]
    public async Task Every_picture_has_a_name_a_sentence_and_the_numbers_of_the_api_behind_it()
    {
        await SolvedAsync();
        var page = await fixture.OpenAsync("/statistics", fixture.Admin);
        var stats = (await fixture.Admin.Api.GetAsync("/api/stats")).Json;
        var period = stats.GetProperty("period");

        foreach (var name in Figures)
        {
            var figure = page.Locator($"[data-figure={name}]");
            var title = (await figure.Locator("h2").TextContentAsync())!;
            var picture = figure.GetByRole(AriaRole.Img, new() { Name = title });
            Assert.Equal(title, await picture.Locator("> title").TextContentAsync());
            Assert.NotEmpty((await picture.Locator("> desc").TextContentAsync())!);
            await figure.Locator("summary").ClickAsync();
            await Expect(figure.Locator("tbody tr").First).ToBeVisibleAsync();
        }

        Assert.Equal(
            period.GetProperty("byType").EnumerateObject().Select(type => type.Value.GetInt32()).OrderDescending(),
            (await CellsAsync(page, "type", 0)).Select(Number));
        Assert.Equal(
            period.GetProperty("perDay").EnumerateArray().Reverse().Select(day => day.GetProperty("created").GetInt32()),
            (await CellsAsync(page, "volume", 0)).Select(Number));
        Assert.Equal(
            period.GetProperty("perDay").EnumerateArray().Reverse().Select(day => day.GetProperty("resolved").GetInt32()),
            (await CellsAsync(page, "volume", 1)).Select(Number));
        Assert.Equal(period.GetProperty("firstResponse").GetProperty("count").GetInt32(), Number((await CellsAsync(page, "firstResponse", 0))[0]));
        Assert.Equal(period.GetProperty("byTriageSource").GetProperty("offline").GetInt32(), Number((await CellsAsync(page, "sources", 0))[0]));
        await Expect(page.Locator(".big-number").First).ToHaveTextAsync(stats.GetProperty("open").GetProperty("total").GetInt32().ToString("N0", CultureInfo.InvariantCulture));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_period_is_in_the_address_and_is_chosen_by_keys()
    {
        await SolvedAsync();
        var page = await fixture.OpenAsync("/statistics", fixture.Admin);
        var rows = page.Locator("[data-figure=volume] tbody tr");
        await Expect(rows).ToHaveCountAsync(31);

        await page.GetByRole(AriaRole.Radio, new() { Name = "30 days" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(rows).ToHaveCountAsync(8);
        Assert.EndsWith("/statistics?days=7", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(rows).ToHaveCountAsync(8);
        await page.GetByRole(AriaRole.Radio, new() { Name = "A year" }).CheckAsync(new() { Force = true });
        await Expect(page.Locator("[data-figure=volume] h2")).ToHaveTextAsync("Created and solved, by week");
        await Expect(rows).ToHaveCountAsync(53);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_picture_fits_its_place_however_wide_that_is_and_an_open_table_stays_open()
    {
        await SolvedAsync();
        var page = await fixture.OpenAsync("/statistics", fixture.Admin);
        await page.Locator("[data-figure=volume] summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        foreach (var width in new[] { 1300, 320 })
        {
            await page.SetViewportSizeAsync(width, 700);
            await page.WaitForFunctionAsync("[...document.querySelectorAll('.picture')].every((place) => Math.abs(place.firstElementChild.width.baseVal.value - place.clientWidth) <= 1)");
        }

        var before = await page.Locator(".numbers .big-number").Nth(2).TextContentAsync();
        await (await fixture.RequesterAsync()).PostAsync("One more", "Please count me.");
        await Expect(page.Locator(".numbers .big-number").Nth(2)).Not.ToHaveTextAsync(before!, new() { Timeout = 20_000 });
        await Expect(page.Locator("[data-figure=volume] details")).ToHaveAttributeAsync("open", "");
        await Expect(page.Locator("[data-figure=volume] summary")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    private static async Task<IReadOnlyList<string>> CellsAsync(IPage page, string figure, int column) =>
        await page.Locator($"[data-figure={figure}] tbody tr td:nth-child({column + 2})").AllTextContentsAsync();

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    /// <summary>A ticket that was answered and solved, so that there is something of everything.</summary>
    private async Task SolvedAsync()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var id = await (await fixture.RequesterAsync()).PostAsync($"{skill} is broken", $"Since noon {skill} does nothing at all.");
        var ticket = await fixture.Admin.Api.WaitForTicketAsync(id, t => t.GetProperty("assignedTo").ValueKind == JsonValueKind.Object && t.GetProperty("triage").GetProperty("state").GetString() == "succeeded");
        await moderator.Api.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", new { version = ticket.GetProperty("version").GetInt64(), status = "DONE" });
        // And one that stays, so that somebody has something to do.
        await (await fixture.RequesterAsync()).PostAsync($"{skill} is broken again", $"Since noon {skill} does nothing at all.");
    }
}
