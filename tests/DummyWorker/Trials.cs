using System.Globalization;
using Hpo.Interop;

namespace Hpo.DummyWorker;

/// <summary>Runs real trials: a parabola, on the study that the launcher names.</summary>
internal static class Trials
{
    /// <param name="arguments">"--trials N" for a number of its own, and "--milliseconds M" that each trial takes.</param>
    public static int Run(string[] arguments)
    {
        var worker = WorkerEnvironment.Read();
        using var stop = new WorkerStopSignals();
        int milliseconds = Number("--milliseconds") ?? 0;
        try
        {
            using var study = Study.Create(new StudyOptions
            {
                Name = worker.StudyName,
                Storage = worker.Storage,
                LoadIfExists = true,
            });
            Console.Out.WriteLine(FormattableString.Invariant($"ready {Environment.ProcessId}"));
            study.Optimize(
                trial =>
                {
                    double x = trial.SuggestFloat("x", -10, 10);
                    trial.SetUserAttr("worker", worker.Index);
                    // The trial's work: an interrupt ends it at once.
                    stop.Token.WaitHandle.WaitOne(milliseconds);
                    stop.Token.ThrowIfCancellationRequested();
                    return (x - 2) * (x - 2);
                },
                new OptimizeOptions { NTrials = Number("--trials"), TotalTrials = worker.TotalTrials },
                stop.Token);
            return WorkerExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return stop.ExitCode;
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
