using Microsoft.DurableTask.Client;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// An unfinished orchestration in memory: its mailbox and, while it is hot, its history. Whoever sets <c>busy</c> owns
/// everything but the mailbox until it is idle again.
/// </summary>
internal sealed class Instance(long key, string id, string name)
{
    private readonly Lock _gate = new();
    private List<Message> _mailbox = [];
    private bool _busy;

    /// <summary>The row; a new start of the same id gets another one, so late results of the old one find nobody.</summary>
    public long Key { get; } = key;

    public string Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>The version that it was started with, or null.</summary>
    public string? Version { get; set; }

    /// <summary>Who started it, or null when that was no orchestration.</summary>
    public ParentLink? Parent { get; init; }

    /// <summary>What set it going, as <see cref="TraceText"/>, or null.</summary>
    public string? Trace { get; init; }

    /// <summary>
    /// How often it has continued as new. Ids of steps begin anew each time: what belongs to an earlier generation is dropped.
    /// </summary>
    public int Generation { get; set; }

    /// <summary>JSON, or null. Read with the history.</summary>
    public string? Input { get; set; }

    /// <summary>All committed turns, or null while they are only on disk.</summary>
    public List<Turn>? Turns { get; set; }

    /// <summary>Its code, waiting for the next turn; null where the history has to be replayed first.</summary>
    public OrchestratorExecution? Code { get; set; }

    /// <summary>Whether its code is kept between turns; null before its first turn in this process.</summary>
    public bool? KeepsCode { get; set; }

    /// <summary>Its place among the <see cref="HotInstances"/>, whose it is to set.</summary>
    public LinkedListNode<Instance>? Resting { get; set; }

    /// <summary>What its last turn stored; null where no turn in this process has.</summary>
    public StoredState? Stored { get; set; }

    /// <summary>Its first turn must not come before this (UTC); null for at once.</summary>
    public DateTime? StartAt { get; init; }

    /// <summary>
    /// False until its inbox has been read from disk and what its history waits for has been set going in this process: so
    /// for those found at start, and for those that start later.
    /// </summary>
    public bool TakenUp { get; set; }

    /// <summary>True once it has ended, or was replaced or purged: nothing is delivered any more.</summary>
    public volatile bool Gone;

    /// <summary>Completes when the orchestration has ended and that is on disk.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when its first turn is on disk.</summary>
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Hands its code over; whoever takes it keeps it or disposes it.</summary>
    public OrchestratorExecution? TakeCode()
    {
        var code = Code;
        Code = null;
        return code;
    }

    /// <summary>Leaves its history to the disk, and hands its code over.</summary>
    public OrchestratorExecution? Forget()
    {
        Turns = null;
        Input = null;
        return TakeCode();
    }

    /// <summary>Puts a message into the mailbox; true when the caller must see to it that the instance is run.</summary>
    public bool Post(Message message)
    {
        lock (_gate)
        {
            _mailbox.Add(message);
            if (_busy) return false;
            return _busy = true;
        }
    }

    /// <summary>Empties the mailbox. Only for the owner.</summary>
    public List<Message> Take()
    {
        lock (_gate)
        {
            var taken = _mailbox;
            _mailbox = [];
            return taken;
        }
    }

    /// <summary>Puts messages of a turn that could not be committed back to the front. Only for the owner.</summary>
    public void PutBack(List<Message> messages)
    {
        lock (_gate) _mailbox.InsertRange(0, messages);
    }

    /// <summary>Gives ownership up; false when new messages have come and the owner must go on.</summary>
    public bool TryRest()
    {
        lock (_gate)
        {
            if (_mailbox.Count > 0 && !Gone) return false;
            _busy = false;
            return true;
        }
    }
}

/// <summary>
/// Something for an instance. With a sequence it also lies in the durable inbox and is taken out by the turn that consumes
/// it; without, it can be made again (an activity runs again, a timer fires again) and belongs to one generation. A null
/// event only says: have a look.
/// </summary>
internal readonly record struct Message(HistoryEvent? Event, long? Sequence = null, int Generation = 0);

/// <summary>What of an instance is on disk beside its turns.</summary>
internal sealed record StoredState(OrchestrationRuntimeStatus Status, string? CustomStatus);

/// <summary>The orchestration, and the step of it, that started a sub-orchestration.</summary>
internal sealed record ParentLink(long Key, int Generation, int TaskId, string InstanceId, string Name);
