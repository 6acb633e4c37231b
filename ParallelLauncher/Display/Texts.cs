using System.Globalization;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;
using Spectre.Console;

namespace Hpo.ParallelLauncher.Display;

/// <summary>Numbers and events as they are shown.</summary>
internal static class Texts
{
    public const string None = "–";

    public static string Value(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? None;

    public static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? None;

    /// <summary>A time such as "4.2 s", "3 min 20 s", "5 h 07 min" or "2 d 03 h".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours:00} h"),
    };

    /// <summary>How a process ended: its exit code, and the signal where one ended it.</summary>
    public static string Exit(int? exitCode) => exitCode switch
    {
        null => None,
        129 => "129 HUP",
        130 => "130 INT",
        137 => "137 KILL",
        139 => "139 SEGV",
        143 => "143 TERM",
        { } code => code.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What a worker has finished: "12", or "12, 3 pruned, 1 failed".</summary>
    public static string Share(int? complete, int? pruned, int? failed)
    {
        if (complete is null) return None;
        string text = Number(complete);
        if (pruned > 0) text += $", {Number(pruned)} pruned";
        if (failed > 0) text += $", {Number(failed)} failed";
        return text;
    }

    /// <summary>One line such as "12 of 20 trials finished (11 complete, 1 pruned), 2 running, best 0.97, 30 a minute, 16 s left".</summary>
    public static string Progress(RunProgress progress, int? total)
    {
        TrialCounts counts = progress.Study.Counts;
        string of = total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{progress.Finished}{of} trials finished ({counts.Complete} complete, {counts.Pruned} pruned), {counts.Running} running") +
            string.Concat(Rest(progress).Select(part => ", " + part));
    }

    /// <summary>What else there is to say: failures, the best value, the rate and the time left.</summary>
    public static IEnumerable<string> Rest(RunProgress progress)
    {
        TrialCounts counts = progress.Study.Counts;
        if (counts.Failed > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{counts.Failed} failed");
        if (counts.Waiting > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{counts.Waiting} waiting");
        if (progress.Study.BestValue is { } value) yield return $"best {Value(value)}";
        if (progress.TrialsPerMinute is { } rate) yield return string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} trials a minute");
        if (progress.Left is { } left && left > TimeSpan.Zero) yield return $"{Duration(left)} left";
    }

    /// <summary>A table to fill.</summary>
    public static Table Table(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (string column in columns) table.AddColumn(new TableColumn(column) { NoWrap = true });
        return table;
    }

    /// <summary>Words as a sentence of their own: with a capital letter and a full stop.</summary>
    public static string Sentence(string words) =>
        char.ToUpperInvariant(words[0]) + words[1..].TrimEnd() + (words.TrimEnd()[^1] is '.' or '!' or '?' ? "" : ".");

    public static string Lost(LostTrial trial)
    {
        string whose = trial.Owner is { } owner ? string.Create(CultureInfo.InvariantCulture, $" of worker {owner.Worker}") : "";
        string retried = trial.RetriedAs is { } number
            ? string.Create(CultureInfo.InvariantCulture, $" and is retried as trial {number}")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"trial {trial.Number}{whose} lost its process: it is recorded as FAIL{retried}");
    }

    public static string Stop(StopStage stage, StopReason reason, TimeSpan grace) => stage switch
    {
        StopStage.Interrupt => string.Create(CultureInfo.InvariantCulture,
            $"{reason.Description}: the workers are asked to finish (SIGINT) and have {grace.TotalSeconds:0.#} s; Ctrl-C hastens"),
        StopStage.Terminate => "the workers that still run are ended (SIGTERM)",
        _ => "the workers that still run are killed (SIGKILL)",
    };
}
