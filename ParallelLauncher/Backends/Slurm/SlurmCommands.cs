using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace Hpo.ParallelLauncher.Backends.Slurm;

/// <summary>What one of Slurm's commands has answered.</summary>
internal sealed record SlurmAnswer(string Command, int ExitCode, string Output, string Errors);

/// <summary>Runs Slurm's commands.</summary>
internal static class SlurmCommands
{
    // They give up by themselves after some seconds where the controller is away.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // sbatch hands its environment on, and the controller keeps it where others can read it.
    private static readonly string[] Kept = ["PATH", "HOME", "USER", "LOGNAME", "SLURM_CONF", "LANG"];

    /// <exception cref="EngineAwayException">It cannot be started, or does not end.</exception>
    public static async Task<SlurmAnswer> RunAsync(string command, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            BufferedCommandResult ended = await Cli.Wrap("env")
                // Ctrl-C reaches the whole terminal: a command that is half done must not end by it.
                .WithArguments(["--ignore-signal=INT", "-i", .. Environment(), command, .. arguments])
                .WithStandardInputPipe(PipeSource.FromString(input))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(limit.Token);
            return new SlurmAnswer(command, ended.ExitCode, ended.StandardOutput, ended.StandardError);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineAwayException(FormattableString.Invariant($"{command} has not answered for {Timeout.TotalSeconds} s."));
        }
        catch (Win32Exception error)
        {
            throw new EngineAwayException($"{command} cannot be started: {error.Message}");
        }
    }

    private static IEnumerable<string> Environment() =>
        from name in Kept
        let value = System.Environment.GetEnvironmentVariable(name)
        where !string.IsNullOrEmpty(value)
        select $"{name}={value}";
}
