using System.Globalization;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Results;
using Spectre.Console;

namespace Hpo.ParallelLauncher.Display;

/// <summary>What <c>--dry-run</c> shows: everything that would be done, and nothing secret.</summary>
internal static class PlanText
{
    public static void Write(IAnsiConsole console, PlanRecord plan, IReadOnlyList<string> warnings)
    {
        if (plan.Project is { } project) Line("build once", project);
        Line("worker", plan.Project is null
            ? string.Join(' ', plan.Arguments.Prepend(plan.Program).Select(Quote))
            : $"the project's program {string.Join(' ', plan.Arguments.Select(Quote))}");
        Line("workers", Number(plan.Workers));
        if (plan.Backend != LaunchRequest.LocalBackend)
            Line("backend", string.Join(", ", [plan.Backend, .. plan.Settings.SelectMany(setting => setting.Value.Select(value => $"{setting.Key} {value}"))]));
        Line("study", plan.Study!);
        Line("storage", plan.Storage!);
        Line("direction", plan.Directions.Count == 0 ? "the worker's" : string.Join(", ", plan.Directions));
        Line("trials", plan.TotalTrials is { } total ? $"{Number(total)}, counting {plan.Count.Replace(",", " and ", StringComparison.Ordinal)}" : "no limit");
        if (plan.Target is { } target) Line("target", Texts.Value(target));
        if (plan.TimeoutSeconds is { } timeout) Line("timeout", Texts.Duration(TimeSpan.FromSeconds(timeout)));
        Line("seed", plan.Seed is { } seed ? $"{Number(seed)} plus the worker's index" : "none");
        Line("restarts", $"{Number(plan.MaxRestarts)} in a row for each worker, halt {plan.Halt}");
        Line("heartbeat", plan.HeartbeatSeconds == 0 ? "none" : $"every {Number(plan.HeartbeatSeconds)} s");
        Line("lost trials", plan.RetryFailed == 0 ? "are failed" : $"are failed, and retried up to {Number(plan.RetryFailed)} times");
        Line("threads", plan.Threads is { } threads ? $"{Number(threads)} for each worker"
            : plan.Backend != LaunchRequest.LocalBackend ? "--cpus of each worker, by default 1" : "the cores, divided among the workers");
        if (plan.Pin) Line("CPUs", "divided among the workers, each bound to its own");
        if (plan.Gpus is { } gpus) Line("GPUs", $"{gpus} in turn");
        Line("stop", string.Create(CultureInfo.InvariantCulture, $"SIGINT, after {plan.GraceSeconds:0.#} s SIGTERM, then SIGKILL"));
        foreach (string warning in warnings) Line("warning", warning);

        void Line(string name, string value) => console.WriteLine($"{name + ":",-13}{value}");
    }

    private static string Quote(string argument) =>
        argument.Length > 0 && !argument.Any(character => char.IsWhiteSpace(character) || "\"'$*?;&|<>()".Contains(character, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
