using System.CommandLine;
using Hpo.ParallelLauncher.Commands.Agents;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>The launcher's command line.</summary>
internal static class LaunchCommand
{
    /// <param name="run">Runs a request and gives the exit code.</param>
    /// <param name="console">Where the read-only commands write.</param>
    /// <param name="workerArguments">What follows after --.</param>
    public static RootCommand Create(
        Func<LaunchRequest, Task<int>> run, LaunchConsole console, IReadOnlyList<string> workerArguments)
    {
        var worker = new Argument<string?>("worker")
        {
            Description = "An executable, a .dll, a .csproj (built once), a .py, or a command on PATH. Its own arguments follow after --.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new LaunchOptions();
        var root = new RootCommand("Runs N workers on one Optuna study.")
        {
            worker,
            StatusCommand.Create(console),
            StopCommand.Create(console),
            PrepareCommand.Create(),
            AgentCommand.Create(console),
        };
        options.AddTo(root);
        root.SetAction((parsed, _) => run(options.Read(parsed, parsed.GetValue(worker), workerArguments)));
        return root;
    }
}
