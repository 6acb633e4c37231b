using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Commands;

StandardStreams.Guard(error => throw new StandardOutputException(error));
using var signals = new WorkerStopSignals();
var root = new RootCommand("Serves the Optuna studies of a storage as pages that follow them while they run");
DashboardCommand.AddTo(root, TimeProvider.System);
return await CommandHost.RunAsync(root, args, Console.Out, Console.Error, signals.Token, () => signals.ExitCode);
