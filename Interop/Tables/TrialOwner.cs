namespace Hpo.Interop.Tables;

/// <summary>The worker that runs a trial: what a launched worker writes into a system attribute of each trial that it takes.</summary>
internal sealed record TrialOwner
{
    /// <summary>The system attribute.</summary>
    public const string Key = "hpo:worker";

    /// <summary>The launcher's run.</summary>
    public required string Run { get; init; }

    /// <summary>The worker's index in the run.</summary>
    public required int Worker { get; init; }

    /// <summary>The worker's start, from 0: HPO_WORKER_RESTART.</summary>
    public int Start { get; init; }

    /// <summary>The worker's machine.</summary>
    public string Host { get; init; } = "";

    /// <summary>The machine's boot, or null where that is not known.</summary>
    public string? Boot { get; init; }

    /// <summary>The process's PID namespace, or null where that is not known.</summary>
    public string? Space { get; init; }

    /// <summary>The process's id.</summary>
    public int Pid { get; init; }

    /// <summary>When the process began, in the system's own count, or null where that is not known.</summary>
    public string? Born { get; init; }

    /// <summary>The owners of a study's trials that are of a run.</summary>
    public static IEnumerable<TrialOwner> ReadAll(TableSession session, string study, string run) => session.Rows(
        row => Parse(row.Text(0)),
        $"""
         SELECT a.value_json
         FROM studies s
         JOIN trials t ON t.study_id = s.study_id
         JOIN trial_system_attributes a ON a.trial_id = t.trial_id AND a.`key` = @key
         WHERE {session.Sql.IsName("s.study_name", "@study")} AND a.value_json LIKE @run
         """,
        ("study", study), ("key", Key), ("run", $"%{run}%")).OfType<TrialOwner>().Where(owner => owner.Run == run);

    /// <summary>The owner that a trial's attributes name, or null.</summary>
    public static TrialOwner? Of(StoredTrial trial) =>
        Parse(trial.SystemAttributes.FirstOrDefault(attribute => attribute.Key == Key).Value);

    /// <summary>Reads the attribute; null where there is none, it was taken back, or it is anything else that a study can hold.</summary>
    public static TrialOwner? Parse(string? json) => PythonJson.TryParse(json, out object? value) ? Of(value) : null;

    /// <summary>The owner that a trial's attributes name, or null.</summary>
    public static TrialOwner? Of(FrozenTrial trial) => Of(trial.SystemAttrs.GetValueOrDefault(Key));

    private static TrialOwner? Of(object? value)
    {
        if (value is not IReadOnlyDictionary<string, object?> owner) return null;
        return Text("run") is { } run && Number("worker") is { } worker
            ? new TrialOwner
            {
                Run = run,
                Worker = worker,
                Start = Number("start") ?? 0,
                Host = Text("host") ?? "",
                Boot = Text("boot"),
                Space = Text("space"),
                Pid = Number("pid") ?? 0,
                Born = Text("born"),
            }
            : null;

        string? Text(string name) => owner.GetValueOrDefault(name) as string;

        int? Number(string name) => owner.GetValueOrDefault(name) is long number and >= 0 and <= int.MaxValue ? (int)number : null;
    }
}
