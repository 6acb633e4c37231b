using System.Text;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Results;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Everything that tells of a run: the view, the events, <c>run.json</c>, and the summary at its end.</summary>
internal sealed class RunReport(LaunchConsole console, TimeProvider time)
{
    /// <summary>Reports while something runs, and gives its exit code.</summary>
    public async Task<int> RunAsync(
        LaunchRequest request, LaunchPlan plan, RunPaths paths, RunRecord running, Func<ILaunchObserver, Task<RunResult>> run)
    {
        await using var file = new StreamWriter(paths.EventsFile, append: false, new UTF8Encoding(false));
        var events = new EventLog(time, request.Json ? [file, console.Output] : [file]);
        events.Write(new LaunchEvent { Event = "run-started", Run = running });
        RunResult result;
        await using (var recorder = new RunRecorder(paths, running, plan.Workers, time))
        await using (ILaunchView view = console.CreateView(plan, request.Json, request.Verbose, time))
        {
            result = await run(new Observers(view, recorder, events));
        }

        RunRecord finished = Finish(running, paths, result);
        AtomicFile.WriteAllText(paths.RunFile, finished.ToJson());
        RunSummary.Write(console.Summary(request.Json), finished);
        events.Write(new LaunchEvent { Event = "run-finished", Run = finished });
        return result.ExitCode;
    }

    private RunRecord Finish(RunRecord running, RunPaths paths, RunResult result)
    {
        bool isMarked = result.Progress?.Workers.Any(worker => worker != new WorkerTally()) is true;
        return running with
        {
            State = "finished",
            ExitCode = result.ExitCode,
            StopReason = result.StopReason?.Description,
            Errors = result.Errors,
            Finished = time.GetUtcNow(),
            Workers = [.. result.Workers.Select(worker =>
                WorkerRecord.Of(worker, isMarked ? result.Progress!.Workers[worker.Index] : null, paths))],
            Study = result.Progress is { } progress ? StudyRecord.Of(progress.Study, result.Best) : null,
        };
    }
}
