using System.CommandLine;
using Hpo.NativeTrainer.Commands;

using var signals = new StopSignals();
var root = new RootCommand("Trains native models and tunes their hyperparameters")
{
    CrossValidateCommand.Create(TimeProvider.System),
    TuneCommand.Create(TimeProvider.System),
    ResultsCommand.Create(),
    DoctorCommand.Create(),
};
return await CommandHost.RunAsync(root, args, Console.Out, Console.Error, signals.Token, () => signals.ExitCode);
