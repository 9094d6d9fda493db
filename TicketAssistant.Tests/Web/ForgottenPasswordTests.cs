using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MimeKit;
using TicketAssistant.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>From "Forgot your password?" to being signed in with a new one.</summary>
[Collection(WebTests.Name)]
public sealed partial class ForgottenPasswordTests(WebFixture fixture)
{
    [Fact]
    public async Task Somebody_who_forgot_the_password_sets_a_new_one_by_the_link_in_the_mail()
    {
        var person = await fixture.ModeratorAsync("Fergus Forgetful", "vpn"); // staff counts as confirmed
        var page = await fixture.OpenAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Forgot your password?" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Expect(page.GetByLabel("E-mail address")).ToHaveAccessibleErrorMessageAsync("Enter your e-mail address.");
        await page.GetByLabel("E-mail address").FillAsync(person.Email);
        await PictureAsync(page, "forgot");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mailbox" })).ToBeFocusedAsync();

        var token = await TokenAsync(person.Email);
        await page.GotoAsync($"/reset-password#token={token}");
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync("password1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("New password", new() { Exact = true })).ToHaveAccessibleErrorMessageAsync(new Regex("first that anybody would guess"));
        await PictureAsync(page, "reset");
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync("a brand new one");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.DoesNotContain(token, page.Url, StringComparison.Ordinal);
        await page.GetByLabel("E-mail address").FillAsync(person.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("a brand new one");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/queue$"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_link_that_was_used_or_ran_out_says_so_and_offers_another_in_the_language_of_the_browser()
    {
        var page = await fixture.OpenAsync("/reset-password#token=broken", options: new() { Locale = "de-DE" });
        await page.GetByLabel("Neues Passwort", new() { Exact = true }).FillAsync("a brand new one");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dieser Link gilt nicht" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Link senden" })).ToBeVisibleAsync();
        await PictureAsync(page, "reset-bad");
        await page.Context.CloseAsync();
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        // To look at: set the folder.
        if (Environment.GetEnvironmentVariable("Test__Pictures") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }

    private async Task<string> TokenAsync(string email)
    {
        var folder = Path.Combine(fixture.App.DataDirectory, "mail");
        for (var i = 0; i < 200; i++)
        {
            foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.eml") : [])
            {
                var mail = await MimeMessage.LoadAsync(file);
                if (mail.To.Mailboxes.Single().Address == email && Token().Match(mail.TextBody ?? "") is { Success: true } match) return match.Groups[1].Value;
            }

            await Task.Delay(100);
        }

        Assert.Fail("The mail did not come within 20 s.");
        return "";
    }

    [GeneratedRegex("reset-password#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
