using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Commands;
using Hpo.NativeTrainer.Commands;
using Hpo.NativeTrainer.Objectives;

StandardStreams.Guard(error => throw new StandardOutputException(error));
using var signals = new WorkerStopSignals();
var root = new RootCommand("Trains native models and tunes their hyperparameters")
{
    CrossValidateCommand.Create(TimeProvider.System),
    TrainCommand.Create(TimeProvider.System),
    EvaluateCommand.Create(),
    TuneCommand.Create(TimeProvider.System),
    ResultsCommand.Create(),
    PredictCommand.Create(),
    ReportCommand.Create(TimeProvider.System, DigitsSettings.Name, new TableReportEvaluation()),
    CompareCommand.Create(TimeProvider.System),
    DashboardCommand.Create(TimeProvider.System),
    DoctorCommand.Create(),
};
return await CommandHost.RunAsync(root, args, Console.Out, Console.Error, signals.Token, () => signals.ExitCode);
