using TicketAssistant.Benchmarks.Chaos;
using TicketAssistant.Benchmarks.Engine;
using TicketAssistant.Benchmarks.Fuzz;
using TicketAssistant.Benchmarks.Lists;
using TicketAssistant.Benchmarks.Load;
using TicketAssistant.Benchmarks.Triage;
using TicketAssistant.Benchmarks.Web;

// Programs that measure and print JSON; the first argument says which.
return args switch
{
    ["triage", .. var rest] => TriageBenchmark.Run(rest),
    ["learn", .. var rest] => LearnBenchmark.Run(rest),
    ["planner", .. var rest] => PlannerBenchmark.Run(rest),
    ["engine", .. var rest] => await EngineBenchmark.RunAsync(rest),
    ["engine-idle", .. var rest] => await IdleBenchmark.RunAsync(rest),
    ["lists", .. var rest] => await ListBenchmark.RunAsync(rest),
    ["load", "post", .. var rest] => await PostBenchmark.RunAsync(rest),
    ["load", "flow", .. var rest] => await FlowBenchmark.RunAsync(rest),
    ["fuzz", .. var rest] => await FuzzBenchmark.RunAsync(rest),
    ["load", "start", .. var rest] => await StartBenchmark.RunAsync(rest),
    ["load", "mix", .. var rest] => await MixBenchmark.RunAsync(rest),
    ["load", "ramp", .. var rest] => await MixBenchmark.RampAsync(rest),
    ["web", .. var rest] => await WebBenchmark.RunAsync(rest),
    ["login-timing", .. var rest] => await LoginTimingBenchmark.RunAsync(rest),
    ["login-flood", .. var rest] => await LoginFloodBenchmark.RunAsync(rest),
    ["load"] => await MixBenchmark.RampAsync([]),
    ["soak", .. var rest] => await SoakBenchmark.RunAsync(rest),
    ["chaos", .. var rest] => await ChaosBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: TicketAssistant.Benchmarks <name> [options]
          triage --tickets F.jsonl --moderators F.json [--verbose] [--confusion] [--folds N]   quality and speed of the offline analyser
          learn [--write FILE]                                       the offline analyser's weights, and what they are worth on tickets they have not seen
          planner [--moderators N]                                   time of a skill match on a warm index
          engine [--instances N] [--activities 5] [--parallel P]     orchestrations a second, latency, commits, memory
          lists [--tickets 10000]                                    each list, filter, search and the statistics on SQLite
          engine-idle [--instances 100000]                           memory, wake-up and start with that many waiting
          load post [--held] [--seconds 15] [--connections 64]       posting tickets, with triage running or held back
          load flow [--tickets 20000] [--connections 64]             from the first POST to the last mail
          load mix [--rate 300] [--seconds 60] [--listeners 20]      a desk's day at a fixed rate; long: a soak
          web [--tickets 1000]                                       the web app in Chromium: first page, paint, interactions
          fuzz [--seconds 60] [--seed N]                             what the OpenAPI document says, changed at random, against the app
          load [ramp] [--from 200] [--step 100] [--seconds 10]       the same, faster and faster: where is the knee?
          soak [--minutes 15] [--rate 100] [--listeners 20]          the mix for long, at half the knee: does anything grow?
          chaos [--seconds 60] [--store sqlite|mongo] [--seed N]     kills, full disks and broken servers under load; exit code 1 for a broken promise
          load start [--starts 5] [--idle 60]                        time to the first answer, memory when idle
          login-timing [--samples 300]                               does the time of an answer tell who has an account?
          login-flood [--seconds 15] [--flood 200]                   posting tickets beside a flood of log-ins
        """);
    return 2;
}
