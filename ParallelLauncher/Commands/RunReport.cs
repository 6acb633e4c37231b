using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Everything that reports a run: the view, the events, <c>run.json</c>, and the summary at its end.</summary>
internal sealed class RunReport(LaunchConsole console, RunFaults faults, TimeProvider time)
{
    /// <summary>Reports while something runs, and gives its exit code. Whatever that throws, the run's record is closed.</summary>
    /// <exception cref="LaunchException">The run's files cannot be created; nothing has run.</exception>
    public async Task<int> RunAsync(
        LaunchRequest request,
        LaunchPlan plan,
        RunPaths paths,
        RunRecord running,
        StopController stop,
        Func<ILaunchObserver, Task<RunResult>> run)
    {
        using StreamWriter file = FileErrors.Require(paths.Directory, () => RunFolder.OpenLines(paths.EventsFile, FileMode.Append));
        Action<string> toFile = line => faults.Guard(paths.EventsFile, () => file.WriteLine(line));
        var events = new EventLog(time, request.Json ? [toFile, console.Output.WriteLine] : [toFile]);
        RunResult result;
        await using (var recorder = new RunRecorder(paths, running, plan.Workers, time, faults))
        await using (ILaunchView view = console.CreateView(plan, request.Json, request.Verbose, time, faults))
        {
            events.Write(new LaunchEvent { Event = "run-started", Run = running });
            try
            {
                result = await run(new Observers(faults, view, recorder, events));
            }
            catch (Exception error)
            {
                result = Broken(error, recorder, stop);
            }
        }

        RunRecord finished = Finish(running, paths, result);
        faults.Guard(paths.RunFile, () => AtomicFile.WriteText(paths.RunFile, finished.ToJson()));
        faults.Guard("The summary", () => RunSummary.Write(console.Summary(request.Json), finished));
        events.Write(new LaunchEvent { Event = "run-finished", Run = finished });
        return result.ExitCode;
    }

    private RunResult Broken(Exception error, RunRecorder recorder, StopController stop)
    {
        int exitCode = WorkerExitCode.Failure;
        List<string> errors = [];
        if (error is LaunchException refused) (exitCode, errors) = (refused.ExitCode, [refused.Message]);
        else if (error is OperationCanceledException && stop.Reason is { } reason) exitCode = reason.ExitCode ?? exitCode;
        else faults.Add("The run", error);
        return new RunResult(exitCode, stop.Reason, recorder.Workers, recorder.Progress, null, errors);
    }

    private RunRecord Finish(RunRecord running, RunPaths paths, RunResult result)
    {
        bool hasOwners = result.Progress?.Workers.Any(worker => worker != new WorkerTally()) is true;
        return running with
        {
            State = "finished",
            ExitCode = result.ExitCode,
            StopReason = result.StopReason?.Description,
            Errors = [.. result.Errors, .. faults.Messages],
            Finished = time.GetUtcNow(),
            Workers = [.. result.Workers.Select(worker =>
                WorkerRecords.Of(worker, hasOwners ? result.Progress!.Workers[worker.Index] : null, paths))],
            Study = result.Progress is { } progress ? StudyRecord.Of(progress.Study, result.Best) : null,
        };
    }
}
