using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Skills;
using Xunit;

namespace TicketAssistant.Tests.Triage.Offline;

public sealed class OfflineAnalyzerTests
{
    [Theory]
    [InlineData("Pods restart", "checkout pods are OOMKilled after the rollout", "K8s")]
    [InlineData("Site down", "connect() failed while connecting to upstream, 502 Bad Gateway", "nginx")]
    [InlineData("Report fails", "ORA-01555: snapshot too old", "Oracle")]
    [InlineData("Export dies", "System.NullReferenceException: Object reference not set to an instance of an object", ".NET")]
    [InlineData("Service dies", "java.lang.IllegalStateException\n\tat org.springframework.web.Dispatcher.doGet(Dispatcher.java:10)", "Spring Boot")]
    [InlineData("Wrong VAT on our invoice", "The VAT number on the last invoice is the old one.", "invoices")]
    [InlineData("Link error", "ld: undefined reference to `foo_init', plain C99", "C")]
    [InlineData("Template error", "std::vector in our C++ code, the program ends with SIGSEGV", "C++")]
    [InlineData("Deadlock", "In our C# service Task.Result blocks, .NET 8", "C#")]
    [InlineData("Parser", "The F# parser throws for empty input", "F#")]
    [InlineData("Leak", "The Go service leaks goroutines", "Go")]
    [InlineData("Plot", "ggplot2 legend is cut off in R 4.3", "R")]
    [InlineData("Build", "The CI/CD pipeline is red since noon", "CI/CD")]
    [InlineData("Zephyrine sync", "Zephyrine loses records since the update", "Zephyrine")]
    [InlineData("deploy fails", "kubernetes says ImagePullBackOff", "K8s")]
    public void The_skill_is_recognised_in_the_moderators_spelling(string title, string description, string skill)
    {
        Assert.Contains(skill, Analyze(title, description).RequiredSkills);
    }

    [Theory]
    [InlineData("Please go ahead", "We go live on Monday, can somebody go through the list with me?", "Go")]
    [InlineData("Thanks in advance", "A swift reply would be appreciated, I want to know the opening hours.", "Swift")]
    [InlineData("Customers react badly", "They react badly to the new opening hours.", "React.js")]
    [InlineData("Send it by express", "Please send the parcel by express to the branch in Lyon.", "Express")]
    [InlineData("You excel", "Your team excels at this, thank you very much.", "Excel")]
    [InlineData("Two teams, one room", "Both teams booked the same room, our teams need a second one.", "MS Teams")]
    [InlineData("Rust on the bike rack", "There is rust on the bike rack and the paint comes off.", "Rust")]
    [InlineData("Party of the R&D group", "R&D would like to book the canteen.", "R")]
    [InlineData("Vitamin C", "Could the canteen offer more fruit, with vitamin C?", "C")]
    [InlineData("Windows don't close", "The windows in the meeting room no longer close.", "Windows")]
    [InlineData("Mr Jenkins is waiting", "Mr Jenkins is waiting at reception for his visitor pass.", "Jenkins")]
    [InlineData("Sales outlook", "The outlook for the next quarter should be in the brochure.", "Outlook")]
    [InlineData("Sparks", "A spark came out of the socket in the kitchen.", "Apache Spark")]
    [InlineData("Oracle of Delphi", "The theatre group plays the oracle of Delphi.", "Oracle")]
    [InlineData("JavaScript error", "Uncaught TypeError: x is not a function in the browser console", "Java")]
    [InlineData("Not a Java problem", "npm run build fails; this is not a Java problem.", "Java")]
    public void An_ordinary_word_is_no_skill(string title, string description, string skill)
    {
        Assert.DoesNotContain(skill, Analyze(title, description).RequiredSkills);
    }

    [Theory]
    [InlineData("de", "Ich kann mich nicht mehr anmelden", "Mein Konto ist gesperrt, ich habe das Passwort vergessen und kann nicht arbeiten.", "password resets")]
    [InlineData("es", "No puedo iniciar sesión", "He olvidado mi contraseña y la cuenta está bloqueada, no puedo trabajar.", "password resets")]
    [InlineData("fr", "Impossible de me connecter", "J'ai oublié mon mot de passe et mon compte est bloqué, je ne peux plus travailler.", "password resets")]
    [InlineData("it", "Non riesco ad accedere", "Ho dimenticato la password, l'account è bloccato e non posso lavorare con il mio reparto.", "User accounts")]
    [InlineData("pt", "Não consigo entrar", "Esqueci a senha e a conta está bloqueada, não consigo trabalhar desde ontem.", "password resets")]
    [InlineData("nl", "Ik kan niet inloggen", "Ik ben mijn wachtwoord vergeten en het account is geblokkeerd, ik kan niet werken.", "password resets")]
    [InlineData("en", "I can't log in", "I forgot my password, the account is locked and I can't work.", "password resets")]
    [InlineData("ja", "ログインできません", "パスワードを忘れてしまい、アカウントがロックされました。仕事ができません。", "password resets")]
    [InlineData("hi", "लॉगिन नहीं हो रहा", "मैं पासवर्ड भूल गया हूँ और खाता लॉक हो गया है।", "password resets")]
    public void A_locked_account_is_recognised_in_many_languages(string language, string title, string description, string skill)
    {
        var analysis = Analyze(title, description);

        Assert.Equal(language, analysis.Language);
        Assert.Equal(TicketType.AccountAccess, analysis.Type);
        Assert.InRange(analysis.Priority, TicketPriority.Medium, TicketPriority.High);
        Assert.Contains(skill, analysis.RequiredSkills);
    }

    [Theory]
    [InlineData("Dark mode", "It would be nice to have a dark mode in the web app.", TicketType.FeatureRequest)]
    [InlineData("Charged twice", "You charged our credit card twice in May, please refund one payment.", TicketType.Billing)]
    [InlineData("How do I sort a pivot table?", "Is it possible to sort by month?", TicketType.Question)]
    [InlineData("Suspicious mail", "A phishing mail asks for our passwords and two people clicked the link.", TicketType.Security)]
    [InlineData("Site down for all customers", "Nobody can order since this morning, 502 on every page.", TicketType.Incident)]
    [InlineData("Crash on save", "The app crashes with an exception, steps to reproduce below.", TicketType.Bug)]
    [InlineData("New account", "Please create an account for our new colleague.", TicketType.AccountAccess)]
    [InlineData("Lunch", "The canteen menu was lovely.", TicketType.Other)]
    public void The_kind_of_request_is_recognised(string title, string description, TicketType type)
    {
        Assert.Equal(type, Analyze(title, description).Type);
    }

    [Theory]
    [InlineData("Site down for all customers", "Production is down, nobody can order.", TicketPriority.Urgent)]
    [InlineData("Account locked", "I'm locked out and can't work, the offer is due today.", TicketPriority.High)]
    [InlineData("Crash on save", "The app crashes with an exception for old files.", TicketPriority.Medium)]
    [InlineData("How do I sort a pivot table in Excel?", "Not urgent, thanks.", TicketPriority.Low)]
    public void The_priority_follows_what_happened_to_whom(string title, string description, TicketPriority priority)
    {
        Assert.Equal(priority, Analyze(title, description).Priority);
    }

    [Theory]
    [InlineData("How do I sort a pivot table in Excel?", "It sorts by name.")]
    [InlineData("Crash on save", "The app crashes with an exception for old files.")]
    public void Shouting_changes_no_priority(string title, string description)
    {
        var calm = Analyze(title, description);
        var loud = Analyze($"URGENT!!! {title.ToUpperInvariant()}!!!", $"{description.ToUpperInvariant()} URGENT!!!!!! VERY URGENT!!!");

        Assert.Equal(calm.Priority, loud.Priority);
        Assert.Equal(calm.Type, loud.Type);
    }

    [Theory]
    [InlineData("help", "it doesn't work")]
    [InlineData("???", "please call me back")]
    [InlineData("Problem", "es geht nicht mehr")]
    [InlineData("", "")]
    [InlineData("🔥", "😭😭😭")]
    public void A_nearly_empty_ticket_asks_for_no_skill_and_says_what_is_missing(string title, string description)
    {
        var analysis = Analyze(title, description);

        Assert.Empty(analysis.RequiredSkills);
        Assert.Contains("more information", analysis.HelpfulNotes, StringComparison.Ordinal);
        Assert.Contains(analysis.Priority, new[] { TicketPriority.Low, TicketPriority.Medium });
    }

    [Fact]
    public void A_subject_nobody_covers_is_kept_instead_of_weaker_hints_at_others()
    {
        var analysis = Analyze("SAP: no goods receipt possible", "SAP says the posting period is closed, transaction code MB1A. My Windows laptop is fine.");

        Assert.Equal("sap", analysis.RequiredSkills[0]);
        Assert.DoesNotContain("Windows", analysis.RequiredSkills);
        Assert.DoesNotContain("hardware", analysis.RequiredSkills);
    }

    [Theory]
    [InlineData("Excelの名簿から重複を削除したい", "方法を教えてください。", "Excel")]
    [InlineData("Outlook se ferme", "Bonjour, Outlook se ferme tout seul depuis ce matin chez nous.", "Outlook")]
    [InlineData("Teams: no sound", "Nobody hears me.", "MS Teams")]
    [InlineData("Sum by colour", "Is it possible in Excel to sum by colour?", "Excel")]
    public void A_product_with_an_ordinary_name_is_recognised_by_how_it_stands_there(string title, string description, string skill)
    {
        Assert.Contains(skill, Analyze(title, description).RequiredSkills);
    }

    [Theory]
    [InlineData("postgers is full", "The disk of the postgers server is full.", "PostgreSQL")]
    [InlineData("kuberntes", "Our kuberntes cluster needs more memory.", "K8s")]
    [InlineData("Board", "The javscript of the board fails.", "JavaScript")]
    public void A_name_with_a_slip_of_the_fingers_is_recognised(string title, string description, string skill)
    {
        Assert.Contains(skill, Analyze(title, description).RequiredSkills);
    }

    [Theory]
    [InlineData("Please contact me", "Please contact me at the gate, the grade of the strip is posted in the window.")]
    public void A_real_word_is_no_slip_of_the_fingers(string title, string description)
    {
        Assert.Empty(MistypedNames.Find(Tokenizer.Read(title, description).Text));
    }

    [Fact]
    public void A_longer_skill_of_the_teams_own_gets_what_its_parts_get()
    {
        var vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "Kubernetes (on premises)"), Staff.Moderator(2, "React")]);

        Assert.Equal(["Kubernetes (on premises)"], OfflineAnalyzer.Analyze("Pods evicted", "kubectl shows OOMKilled", vocabulary).RequiredSkills);
    }

    [Fact]
    public void Symptoms_of_one_product_do_not_outweigh_its_named_rival()
    {
        var vocabulary = SkillVocabulary.Build([Staff.Moderator(1, "Google Workspace"), Staff.Moderator(2, "Outlook")]);

        Assert.Equal("Google Workspace", OfflineAnalyzer.Analyze("Shared calendar", "The shared calendar in Google Workspace is empty.", vocabulary).RequiredSkills[0]);
    }

    [Fact]
    public void Nobody_can_said_of_one_team_is_not_everybody()
    {
        const string trouble = "Since 9:00 nobody can open the stock list, the page is unreachable.";

        Assert.Equal(TicketPriority.Urgent, Analyze("Stock list", trouble).Priority);
        Assert.Equal(TicketPriority.High, Analyze("Stock list", $"{trouble} We are a team of 9 people.").Priority);
    }

    [Fact]
    public void Notes_say_which_cue_led_where()
    {
        var notes = Analyze("Pods evicted", "kubectl get pods shows OOMKilled, all customers are down").HelpfulNotes;

        Assert.Contains("kubernetes (", notes, StringComparison.Ordinal);
        Assert.Contains("Taken for incident by", notes, StringComparison.Ordinal);
        Assert.Contains("priority urgent by", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "please help me")]
    [InlineData("???", "it is doing it again")]
    public void A_near_empty_ticket_goes_to_an_admin_and_says_what_is_missing(string title, string description)
    {
        var analysis = Analyze(title, description);

        Assert.Empty(analysis.RequiredSkills);
        Assert.Equal(TicketType.Other, analysis.Type);
        Assert.StartsWith("Needs more information", analysis.HelpfulNotes, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_name_what_was_recognised_and_where_to_look()
    {
        var notes = Analyze("Pods evicted", "kubectl get pods shows OOMKilled").HelpfulNotes;

        Assert.Contains("Recognised:", notes, StringComparison.Ordinal);
        Assert.Contains("First checks (K8s)", notes, StringComparison.Ordinal);
        Assert.Contains("Ask", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my password: Summer2024! please look")]
    [InlineData("charge card 4111 1111 1111 1111 please")]
    public void Notes_warn_of_secrets_and_do_not_repeat_them(string description)
    {
        var notes = Analyze("Account", description).HelpfulNotes;

        Assert.Contains("don't copy it on", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("Summer2024", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("4111", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_ticket_gets_the_same_answer_a_hundred_times_on_any_thread()
    {
        const string title = "Deploy fails";
        const string description = "The CI/CD pipeline can't push the Docker image, 11 people are blocked since the release.";
        var first = Analyze(title, description);

        Parallel.For(0, 100, _ =>
        {
            var again = Analyze(title, description);
            Assert.Equal(first with { RequiredSkills = [] }, again with { RequiredSkills = [] });
            Assert.Equal(first.RequiredSkills, again.RequiredSkills);
        });
    }

    [Theory]
    [InlineData(12, TicketPriority.Medium)]
    [InlineData(13, TicketPriority.High)]
    public void A_cry_for_help_in_few_words_lets_nobody_else_wait(int words, TicketPriority priority)
    {
        Assert.Equal(priority, AnalyzeWith(TicketPriority.High, "", string.Join(' ', Enumerable.Repeat("word", words))).Priority);
    }

    [Fact]
    public void Words_alone_make_nothing_urgent()
    {
        Assert.Equal(TicketPriority.High, AnalyzeWith(TicketPriority.Urgent, "", string.Join(' ', Enumerable.Repeat("word", 20))).Priority);
        Assert.Equal(TicketPriority.Urgent, AnalyzeWith(TicketPriority.Urgent, "", "inside", new Cue("inside", CueKind.Priority, "breach", 2)).Priority);
    }

    [Fact]
    public void Confidence_grows_with_the_evidence_and_is_never_certain()
    {
        var vague = Analyze("help", "it doesn't work").Confidence;
        var hint = Analyze("Printer", "Is there a printer?").Confidence;
        var clear = Analyze("Site down for all customers", "502 Bad Gateway from nginx, nginx says connect() failed while connecting to upstream, nobody can order.").Confidence;

        Assert.Equal(0.2, vague);
        Assert.InRange(hint, 0.3, clear - 0.05);
        Assert.InRange(clear, 0.75, 0.9);
    }

    [Fact]
    public void Without_moderators_a_ticket_is_still_understood()
    {
        var analysis = OfflineAnalyzer.Analyze("Printer jams", "The printer has a paper jam", SkillVocabulary.Empty);

        Assert.Equal(["printers"], analysis.RequiredSkills);
        Assert.Equal(TicketType.Bug, analysis.Type);
    }

    [Fact]
    public void The_mood_is_noticed()
    {
        Assert.Equal("angry", Analyze("Third time!!", "This is ridiculous and unacceptable, FIX IT NOW!!!").Sentiment);
        Assert.Equal("calm", Analyze("Question", "How do I sort a pivot table? Thanks").Sentiment);
    }

    // With weights that say the same of every ticket.
    private static TicketAnalysis AnalyzeWith(TicketPriority always, string title, string description, params Cue[] cues)
    {
        var weights = new float[LinearClassifier.Width];
        weights[LinearClassifier.Types + (int)always] = 1;
        return OfflineAnalyzer.Analyze(title, description, SkillVocabulary.Empty, new CueMatcher(cues), new LinearClassifier(new Dictionary<string, float[]> { [LinearClassifier.Bias] = weights }));
    }

    private static TicketAnalysis Analyze(string title, string description) => OfflineAnalyzer.Analyze(title, description, Team.Vocabulary);
}
