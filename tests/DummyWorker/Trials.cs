using System.Globalization;
using System.Runtime.InteropServices;
using Hpo.Interop;
using Hpo.Interop.Storages;

namespace Hpo.DummyWorker;

/// <summary>Runs real trials: a parabola, on the study that the launcher names.</summary>
internal static class Trials
{
    /// <param name="arguments">"--trials N" for a number of its own, "--milliseconds M" that each trial takes,
    /// "--fail-every K" to fail each K-th trial, "--wait" to begin when a line comes, and "--deaf" for a worker that ignores every signal that can be ignored.</param>
    public static int Run(string[] arguments)
    {
        var worker = WorkerEnvironment.Read();
        using PosixSignalRegistration? deaf = arguments.Contains("--deaf")
            ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true)
            : null;
        using var stop = deaf is null ? new WorkerStopSignals() : null;
        CancellationToken stopped = stop?.Token ?? CancellationToken.None;
        int milliseconds = Number("--milliseconds") ?? 0, failEvery = Number("--fail-every") ?? int.MaxValue;
        try
        {
            using var study = Study.Create(new StudyOptions
            {
                Name = worker.StudyName,
                Storage = worker.Storage is { } url ? Storage.FromUrl(url, worker.StorageEngine) : null,
                LoadIfExists = true,
            });
            Console.Out.WriteLine(FormattableString.Invariant($"ready {Environment.ProcessId}"));
            if (arguments.Contains("--wait")) Console.In.ReadLine();
            study.Optimize(
                trial =>
                {
                    double x = trial.SuggestFloat("x", -10, 10);
                    trial.SetUserAttr("worker", worker.Index);
                    // The trial's work: an interrupt ends it at once.
                    stopped.WaitHandle.WaitOne(milliseconds);
                    stopped.ThrowIfCancellationRequested();
                    return trial.Number % failEvery == failEvery - 1 ? double.NaN : (x - 2) * (x - 2);
                },
                new OptimizeOptions { NTrials = Number("--trials"), TotalTrials = worker.TotalTrials },
                stopped);
            return WorkerExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return stop!.ExitCode;
        }
        catch (StorageException error)
        {
            Console.Error.WriteLine(error.Message);
            return WorkerExitCode.Storage;
        }

        int? Number(string option) =>
            Array.IndexOf(arguments, option) is var at and >= 0
                ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
                : null;
    }
}
