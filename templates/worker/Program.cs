using Hpo.Interop;

// A launcher hands over storage, study, budget and seed; without one they have defaults.
var worker = WorkerEnvironment.Read();
using var study = Study.Create(new StudyOptions
{
    Name = worker.StudyName,
    Storage = worker.Storage,
    LoadIfExists = true,
});
var options = new OptimizeOptions { NTrials = 20, TotalTrials = worker.TotalTrials };
int exitCode = WorkerStopSignals.Run(stop => study.Optimize(Objective, options, stop));
if (exitCode == 0) Console.WriteLine($"{study.Trials.Count} trials, best {study.BestValue:F3}");
return exitCode;

static double Objective(Trial trial)
{
    // Your training stands here: suggest hyperparameters, report what comes of them, and stop where it is hopeless.
    double rate = trial.SuggestFloat("rate", 1e-4, 1, log: true);
    double error = 1;
    for (int epoch = 0; epoch < 10; epoch++)
    {
        error *= 1 - rate * (1 - rate);
        trial.Report(error, epoch);
        if (trial.ShouldPrune()) throw new TrialPrunedException();
    }
    return error;
}
