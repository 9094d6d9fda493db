using TicketAssistant.Benchmarks.Engine;
using TicketAssistant.Benchmarks.Lists;
using TicketAssistant.Benchmarks.Triage;

// Programs that measure and print JSON; the first argument says which.
return args switch
{
    ["triage", .. var rest] => TriageBenchmark.Run(rest),
    ["planner", .. var rest] => PlannerBenchmark.Run(rest),
    ["engine", .. var rest] => await EngineBenchmark.RunAsync(rest),
    ["engine-idle", .. var rest] => await IdleBenchmark.RunAsync(rest),
    ["lists", .. var rest] => await ListBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: TicketAssistant.Benchmarks <name> [options]
          triage --tickets F.jsonl --moderators F.json [--verbose] [--confusion] [--folds N]   quality and speed of the offline analyser
          planner [--moderators N]                                   time of a skill match on a warm index
          engine [--instances N] [--activities 5] [--parallel P]     orchestrations a second, latency, commits, memory
          lists [--tickets 10000]                                    each list, filter, search and the statistics on SQLite
          engine-idle [--instances 100000]                           memory, wake-up and start with that many waiting
        """);
    return 2;
}
