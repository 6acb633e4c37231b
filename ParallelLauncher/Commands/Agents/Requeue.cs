using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using Hpo.ParallelLauncher.Display;

namespace Hpo.ParallelLauncher.Commands.Agents;

/// <summary>Asks the engine to start this task anew. Some sites lack the command on their nodes: then a person has to.</summary>
internal static partial class Requeue
{
    /// <param name="command">The command; a variable's name in braces stands for its value.</param>
    /// <param name="console">Takes what went wrong.</param>
    public static async Task RunAsync(IReadOnlyList<string> command, LaunchConsole console)
    {
        string[] line = [.. command.Select(part => Variable().Replace(part, match => Environment.GetEnvironmentVariable(match.Groups[1].Value) ?? ""))];
        string problem;
        try
        {
            BufferedCommandResult ended = await Cli.Wrap(line[0]).WithArguments(line[1..]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
            if (ended.ExitCode == 0) return;
            problem = ended.StandardError.Trim();
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            problem = error.Message;
        }

        console.WriteError($"The task could not be started anew ({problem}): go on with ParallelLauncher --resume.");
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();
}
