using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Results;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Stops a run from another terminal, and waits for its end.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Command Create(LaunchConsole console)
    {
        var run = new Argument<string?>("run")
        {
            Description = "The run's name, or the beginning of it; a cluster's job by its name or number. Default: the one that goes on.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var logDirectory = new Option<string>("--log-dir")
        {
            Description = "Where the runs are.",
            DefaultValueFactory = _ => RunPaths.DefaultLogDirectory,
        };
        var command = new Command("stop", "Stops a run: its workers finish cleanly. A second stop hastens.") { run, logDirectory };
        command.SetAction((parsed, cancellationToken) =>
            StopAsync(console, parsed.GetValue(logDirectory)!, parsed.GetValue(run), cancellationToken));
        return command;
    }

    private static async Task<int> StopAsync(
        LaunchConsole console, string logDirectory, string? name, CancellationToken cancellationToken)
    {
        RunRecord run = await ClusterRuns.RefreshAsync(
            name is null ? await TheOnlyOneAsync(logDirectory, console, cancellationToken) : await NamedRun.FindAsync(logDirectory, name, cancellationToken),
            TimeProvider.System,
            cancellationToken);
        if (ClusterRuns.EngineOf(run) is { } engine && run is { IsOpen: true, IsLed: not true })
            return await new ClusterStop(engine, console).RunAsync(run, cancellationToken);
        if (run.IsRunning is false)
        {
            console.Output.WriteLine(run.State == "running"
                ? $"The run {run.Run} does not go on: its launcher was killed. Go on with it: ParallelLauncher --resume {run.Run}"
                : FormattableString.Invariant($"The run {run.Run} has ended already, with exit code {run.ExitCode}."));
            return WorkerExitCode.Success;
        }

        if (run.IsRunning is null)
        {
            throw new LaunchException(FormattableString.Invariant(
                $"The run {run.Run} is led by process {run.Launcher?.Pid} of {run.Launcher?.Host}: stop it there."), WorkerExitCode.Failure);
        }

        if (Posix.Kill(run.Launcher!.Pid, Posix.Terminate) != 0)
        {
            throw new LaunchException(FormattableString.Invariant(
                $"The launcher of the run {run.Run}, process {run.Launcher.Pid}, is another user's: stop it as that user."), WorkerExitCode.Failure);
        }

        console.Output.WriteLine($"The run {run.Run} is stopping …");
        while (run.Launcher.IsAlive() is true) await Task.Delay(Pause, cancellationToken);
        RunRecord ended = RunRecord.Read(RunPaths.Existing(run.Directory!));
        console.Output.WriteLine(FormattableString.Invariant($"It has ended with exit code {ended.ExitCode}."));
        if (ended.Study is { } study) RunSummary.WriteStudy(console.Summary(json: false), ended.Plan!, study);
        return WorkerExitCode.Success;
    }

    private static async Task<RunRecord> TheOnlyOneAsync(string logDirectory, LaunchConsole console, CancellationToken cancellationToken)
    {
        RunRecord[] all = await Task.WhenAll(RunRecord.ReadAll(logDirectory, console.WriteError)
            .Select(run => ClusterRuns.RefreshAsync(run, TimeProvider.System, cancellationToken)));
        RunRecord[] running = [.. all.Where(run => run.IsRunning is true)];
        return running switch
        {
            [var one] => one,
            [] => throw new LaunchException($"No run goes on in {Path.GetFullPath(logDirectory)}. Another folder: --log-dir", WorkerExitCode.Usage),
            _ => throw new LaunchException(
                $"Several runs go on: {string.Join(", ", running.Select(run => run.Run))}. Name one.", WorkerExitCode.Usage),
        };
    }
}
