using System.Globalization;
using Hpo.Interop.Launches;

namespace Hpo.ParallelLauncher.Backends.Slurm;

/// <summary>A task in a line of squeue.</summary>
internal sealed record SlurmQueueLine(string Job, int Index, string State, int WaitStatus, int Restarts, string Host, string Reason)
{
    private static readonly (string Field, int Width)[] Columns =
    [
        ("ArrayJobID", 16), ("ArrayTaskID", 12), ("State", 24), ("exit_code", 16), ("RestartCnt", 12), ("NodeList", 128), ("Reason", 160),
    ];

    // The long names and the short ones; others are states of a task that runs, in some phase.
    private static readonly Dictionary<string, TaskState> States = new (TaskState State, string Names)[]
    {
        (TaskState.Queued, "PENDING PD CONFIGURING CF REQUEUED RQ REQUEUE_FED RF REQUEUE_HOLD RH SPECIAL_EXIT SE RESV_DEL_HOLD RD"),
        (TaskState.Lost, "BOOT_FAIL BF NODE_FAIL NF"),
        (TaskState.Ended, "CANCELLED CA COMPLETED CD DEADLINE DL FAILED F OUT_OF_MEMORY OOM PREEMPTED PR REVOKED RV TIMEOUT TO"),
    }.SelectMany(known => known.Names.Split(' ').Select(name => (known.State, Name: name)))
        .ToDictionary(known => known.Name, known => known.State, StringComparer.OrdinalIgnoreCase);

    // Tasks that wait for a person, and for nothing else.
    private static readonly string[] Held = ["JobHeldUser", "launch failed requeued held", "job requeued in held state", "JobHoldMaxRequeue"];

    /// <summary>What squeue is asked for.</summary>
    public static string Format { get; } = string.Join(',', Columns.Select(column => FormattableString.Invariant($"{column.Field}:{column.Width}")));

    /// <summary>The task of a line, or null for a job without tasks.</summary>
    public static SlurmQueueLine? Parse(string line)
    {
        var fields = new List<string>();
        int start = 0;
        foreach ((_, int width) in Columns)
        {
            fields.Add(line.Length <= start ? "" : line[start..Math.Min(start + width, line.Length)].Trim());
            start += width;
        }

        return Number(fields[1]) is not { } index ? null
            : new SlurmQueueLine(fields[0], index, fields[2], Number(fields[3]) ?? 0, Number(fields[4]) ?? 0, fields[5], fields[6]);
    }

    public bool HasEnded => Kind is TaskState.Ended;

    private TaskState Kind => States.GetValueOrDefault(State, TaskState.Running);

    public ClusterTask ToTask()
    {
        TaskState state = Kind;
        bool isPlain = Reason is "" or "None" or "NonZeroExitCode";
        return new ClusterTask
        {
            Index = Index,
            State = state,
            Host = Host.Length == 0 || state is TaskState.Queued ? null : Host,
            Reason = state is TaskState.Running ? null : isPlain ? State.ToLowerInvariant()
                : state is TaskState.Queued ? Held.Contains(Reason) ? FormattableString.Invariant($"{Reason}: scontrol release {Job}_{Index} lets it go on") : Reason
                : $"{State.ToLowerInvariant()}: {Reason}",
            // What never ran has no exit code: Slurm writes an error of its own there.
            ExitCode = state is not TaskState.Ended || Reason is "JobLaunchFailure" ? null : (WaitStatus & 0x7f) is > 0 and var signal ? Posix.ExitCodeOfSignal + signal : WaitStatus >> 8,
            Attempt = Restarts,
        };
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
