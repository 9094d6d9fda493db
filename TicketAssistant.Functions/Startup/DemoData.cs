using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Startup;

/// <summary>The demonstration team and its tickets.</summary>
internal static class DemoData
{
    public const string RequesterEmail = "rita@demo.local";

    public static IReadOnlyList<DemoPerson> People { get; } =
    [
        new("Rita Requester", RequesterEmail, []),
        new("Mia Frontend", "mia@demo.local", ["React", "TypeScript", "CSS", "accessibility"]),
        new("Ken Platform", "ken@demo.local", ["Kubernetes", "Docker", "nginx", "Linux"]),
        new("Dora Dotnet", "dora@demo.local", ["C#", ".NET", "SQL Server", "Azure"]),
        new("Omar Networks", "omar@demo.local", ["VPN", "DNS", "Wi-Fi", "firewall"]),
        new("Bea Billing", "bea@demo.local", ["billing", "refunds", "invoices"]),
        new("Sam Security", "sam@demo.local", ["security", "phishing", "SSO", "MFA"]),
    ];

    public static IReadOnlyList<CreateTicketRequest> Tickets { get; } =
    [
        new("Checkout button does nothing in Safari", "Since yesterday's release the pay button in our React checkout does nothing in Safari 17. Chrome is fine. The console shows a hydration error. We are losing orders right now."),
        new("Pods are evicted every hour", "Three pods of the order service get evicted about once an hour with 'The node was low on resource: memory'. kubectl describe shows OOMKilled before that. Customers see timeouts for a minute each time."),
        new("502 from the reverse proxy for everybody", "Our whole site answers 502 Bad Gateway since 09:10. nginx logs: connect() failed (111: Connection refused) while connecting to upstream. Nobody can work."),
        new("NullReferenceException when saving an invoice draft", "Saving a draft without a customer throws System.NullReferenceException at Invoices.DraftService.SaveAsync in DraftService.cs:line 88. Happens every time, .NET 10, not urgent, there is a workaround."),
        new("VPN drops every ten minutes at home", "Since the client update the VPN connection drops about every ten minutes when I work from home. Reconnecting helps for a while. My colleague has the same."),
        new("Charged twice this month", "You took 240 euros from our card on the 1st and again on the 3rd for the same subscription. Please refund one of the two and send a corrected invoice."),
        new("Suspicious mail asking for my password", "I got a mail that looks like it is from our IT asking me to confirm my password on a strange site. I clicked the link but did not type anything. What should I do?"),
        new("How do I switch the report to dark mode?", "Is there a setting for dark mode in the weekly report? I could not find it in the help. No hurry."),
        new("Please add export to Excel", "It would be great if the list of orders could be exported to Excel. We copy it by hand every Friday."),
        new("Cannot log in after phone change", "I have a new phone and the authenticator app with the MFA codes is gone. I cannot log in any more and have a deadline today."),
        new("Laptop keyboard", "Some keys on my laptop are stuck since the coffee accident. Who do I give it to?"),
        new("It does not work", "It does not work, please fix."),
    ];
}
