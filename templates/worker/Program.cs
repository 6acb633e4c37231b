using Hpo.Interop;

// A launcher passes storage, study, budget and seed in the environment; without one they have defaults.
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
    // Replace this with your training: suggest hyperparameters, report intermediate values, and stop a trial that is not promising.
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
