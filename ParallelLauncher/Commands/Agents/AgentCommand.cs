using System.CommandLine;
using System.Globalization;
using Hpo.Interop;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Commands.Agents;

/// <summary>The hidden command that a cluster's engine runs once for each worker, on whichever host.</summary>
internal static class AgentCommand
{
    public const string Name = "agent";

    /// <summary>What starts an agent with a plan.</summary>
    public static IReadOnlyList<string> Line(string plan)
    {
        string program = Environment.ProcessPath!;
        string[] own = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(AgentCommand).Assembly.Location] : [program];
        return [.. own, Name, "--plan", plan];
    }

    public static Command Create(LaunchConsole console)
    {
        var plan = new Option<string>("--plan") { Required = true, Description = "The agent's plan." };
        var index = new Option<string>("--index-variable") { Required = true, Description = "The variable that holds the worker's index." };
        var attempts = new Option<string[]>("--attempt-variable") { Description = "Variables whose sum is how often the engine has started the task before." };
        var command = new Command(Name, "Runs one worker of a run on this host.") { plan, index, attempts };
        command.Hidden = true;
        command.SetAction((parsed, _) => new AgentRunner(console, TimeProvider.System).RunAsync(
            parsed.GetValue(plan)!,
            Number(parsed.GetValue(index)!) ?? throw new LaunchException(
                $"{parsed.GetValue(index)} does not hold a worker's index on {Environment.MachineName}: the engine sets it for the tasks of its arrays, and only there can an agent run.",
                WorkerExitCode.Usage),
            (parsed.GetValue(attempts) ?? []).Sum(name => Number(name) ?? 0)));
        return command;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
