using TicketAssistant.Benchmarks.Triage;

// Programs that measure and print JSON; the first argument says which.
return args switch
{
    ["triage", .. var rest] => TriageBenchmark.Run(rest),
    ["planner", .. var rest] => PlannerBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: TicketAssistant.Benchmarks <name> [options]
          triage --tickets F.jsonl --moderators F.json [--verbose]   quality and speed of the offline analyser
          planner [--moderators N]                                   time of a skill match on a warm index
        """);
    return 2;
}
