using System.Net;
using Microsoft.Playwright;
using TicketAssistant.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>Signing up, in and out, and what the browser keeps.</summary>
[Collection(WebTests.Name)]
public sealed class SessionTests(WebFixture fixture)
{
    [Fact]
    public async Task Somebody_signs_up_and_is_where_they_wanted()
    {
        var page = await fixture.OpenAsync("/tickets/new");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?next=%2Ftickets%2Fnew$"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Create account" }).ClickAsync();
        var email = $"new-{Guid.NewGuid():N}@example.com";

        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(Field(page, "Name")).ToBeFocusedAsync();
        await Expect(Field(page, "Name")).ToHaveAccessibleErrorMessageAsync("Enter your name.");
        await Field(page, "Name").FillAsync("Nora New");
        await page.GetByLabel("E-mail address").FillAsync("not an address");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(WebFixture.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("E-mail address")).ToHaveAccessibleErrorMessageAsync("This is not a plain e-mail address.");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "New ticket" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Nora New, account menu" })).ToBeVisibleAsync();
        var account = await fixture.LogInAsync(email, WebFixture.Password);
        Assert.Equal(("Nora New", "user"), (account.Name, (await account.MeAsync()).GetProperty("role").GetString()));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_said_once_and_a_right_one_opens()
    {
        var person = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(person.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("wrong password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The e-mail address or the password is wrong.");

        var show = page.GetByRole(AriaRole.Button, new() { Name = "Show" });
        await show.ClickAsync();
        await Expect(page.GetByLabel("Password", new() { Exact = true })).ToHaveAttributeAsync("type", "text");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(WebFixture.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/tickets$"));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task After_signing_in_nobody_is_sent_elsewhere(string next)
    {
        var person = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync($"/sign-in?next={Uri.EscapeDataString(next)}", person);
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"^{fixture.App.BaseAddress}tickets$"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_token_is_in_no_address_cookie_or_lasting_storage()
    {
        var person = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/sign-in");
        List<string> addresses = [];
        page.Request += (_, request) => addresses.Add(request.Url);
        await SignInAsync(page, person.Email);

        var token = await page.EvaluateAsync<string>("JSON.parse(sessionStorage.getItem('session')).token");
        Assert.NotEmpty(addresses);
        Assert.DoesNotContain(addresses, address => address.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(token, await page.EvaluateAsync<string>("JSON.stringify({ ...localStorage }) + document.cookie + location.href"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_new_tab_takes_over_the_session_and_signing_out_ends_it_everywhere()
    {
        var person = await fixture.RequesterAsync();
        var first = await fixture.OpenAsync("/sign-in");
        await SignInAsync(first, person.Email);
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/account");
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Account" })).ToBeVisibleAsync();
        var token = await first.EvaluateAsync<string>("JSON.parse(sessionStorage.getItem('session')).token");

        await first.Locator(".me").ClickAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        foreach (var tab in (IPage[])[first, second])
        {
            await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
            Assert.Null(await tab.EvaluateAsync<string?>("sessionStorage.getItem('session')"));
        }

        var api = new ApiClient(fixture.App.Client, token);
        for (var i = 0; i < 100 && (await api.GetAsync("/api/auth/me")).Status != HttpStatusCode.Unauthorized; i++) await Task.Delay(20);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("/api/auth/me")).Status);
        await first.Context.CloseAsync();
    }

    [Fact]
    public async Task When_a_session_ends_in_the_middle_the_person_signs_in_again_and_loses_nothing()
    {
        var person = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/tickets/new", person);
        await page.GetByLabel("What is it about?").FillAsync("The lamp is dark");
        await page.GetByLabel("What happened?").FillAsync("It was bright yesterday.");
        await person.Api.PostAsync("/api/auth/logout");

        await page.GetByRole(AriaRole.Button, new() { Name = "Send ticket" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Please sign in again" });
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(WebFixture.Password);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The lamp is dark" })).ToBeVisibleAsync();
        var again = await fixture.LogInAsync(person.Email, WebFixture.Password);
        Assert.Equal("The lamp is dark", Assert.Single(await again.Api.ListAllAsync("/api/tickets", "tickets")).GetProperty("title").GetString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_account_page_changes_name_looks_language_and_password()
    {
        var person = await fixture.RequesterAsync("Old Name");
        var page = await fixture.OpenAsync("/account", person);
        await Field(page, "Name").FillAsync("New Name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(Field(page, "Name")).ToHaveValueAsync("New Name");
        Assert.Equal("New Name", (await person.MeAsync()).GetProperty("name").GetString());

        await page.GetByRole(AriaRole.Radio, new() { Name = "Dark" }).CheckAsync(new() { Force = true });
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-appearance", "dark");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Dark" })).ToBeCheckedAsync();

        await page.GetByLabel("Present password").FillAsync("wrong password");
        await page.GetByLabel("New password").FillAsync("another long one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(page.GetByLabel("Present password")).ToHaveAccessibleErrorMessageAsync("This is not your present password.");
        await page.GetByLabel("Present password").FillAsync(WebFixture.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(page.GetByText("Your password is changed.")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Api.GetAsync("/api/auth/me")).Status);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Account" })).ToBeVisibleAsync();
        await fixture.LogInAsync(person.Email, "another long one");

        await page.GetByRole(AriaRole.Radio, new() { Name = "Deutsch" }).CheckAsync(new() { Force = true });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Konto" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static ILocator Field(IPage page, string label) => page.GetByRole(AriaRole.Textbox, new() { Name = label, Exact = true });

    internal static async Task SignInAsync(IPage page, string email)
    {
        await page.Locator("input[type=email]").FillAsync(email);
        await page.Locator("input[name=password]").FillAsync(WebFixture.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".me").WaitForAsync();
    }
}
