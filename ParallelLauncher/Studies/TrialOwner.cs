using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>The mark that a launched worker writes on each trial it takes: whose the trial is.</summary>
internal sealed record TrialOwner
{
    /// <summary>The system attribute that holds the mark.</summary>
    public const string Key = "hpo:worker";

    public required string Run { get; init; }

    public required int Worker { get; init; }

    /// <summary>The worker's start, from 0: HPO_WORKER_RESTART.</summary>
    public int Start { get; init; }

    public string Host { get; init; } = "";

    public string? Boot { get; init; }

    public string? Space { get; init; }

    public int Pid { get; init; }

    public string? Born { get; init; }

    public ProcessIdentity Process => new(Host, Boot, Space, Pid, Born);

    /// <summary>Reads a mark; null where there is none, it was taken back, or it is anything else that a study can hold.</summary>
    public static TrialOwner? Parse(string? json)
    {
        if (!PythonJson.TryParse(json, out object? value) || value is not OrderedDictionary<string, object?> mark) return null;
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

        string? Text(string name) => mark.GetValueOrDefault(name) as string;

        int? Number(string name) => mark.GetValueOrDefault(name) is long number and >= 0 and <= int.MaxValue ? (int)number : null;
    }
}
