using CliWrap;
using CliWrap.Buffered;
using Hpo.Interop;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>Builds a worker's project once, before any worker starts: N workers that build at once spoil each other's files.</summary>
internal static class ProjectBuilder
{
    // A compiler or build server that stays would be a process left behind by the launcher.
    private static readonly string[] NoServers = ["-nodeReuse:false", "-p:UseSharedCompilation=false", "-nologo"];

    public static async Task<WorkerCommand> BuildAsync(WorkerCommand worker, CancellationToken cancellationToken)
    {
        if (worker.Project is not { } project) return worker;
        BufferedCommandResult build = await RunAsync(
            worker.Program, ["build", project, "-c", "Release", "-v", "quiet", .. NoServers], cancellationToken);
        if (build.ExitCode != 0)
        {
            throw new LaunchException(
                $"The worker {project} does not build:{Environment.NewLine}{(build.StandardOutput + build.StandardError).Trim()}",
                WorkerExitCode.Usage);
        }

        string outputType = await PropertyAsync(worker.Program, project, "OutputType", cancellationToken);
        if (outputType is not ("Exe" or "WinExe"))
        {
            throw new LaunchException(
                $"The worker {project} builds no program (OutputType is {outputType}). Set <OutputType>Exe</OutputType>.",
                WorkerExitCode.Usage);
        }

        string assembly = await PropertyAsync(worker.Program, project, "TargetPath", cancellationToken);
        return worker with { LeadingArguments = [assembly] };
    }

    private static async Task<string> PropertyAsync(
        string dotnet, string project, string property, CancellationToken cancellationToken)
    {
        BufferedCommandResult result = await RunAsync(
            dotnet, ["msbuild", project, "-p:Configuration=Release", $"-getProperty:{property}", .. NoServers], cancellationToken);
        return result.StandardOutput.Trim();
    }

    private static Task<BufferedCommandResult> RunAsync(
        string dotnet, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Cli.Wrap(dotnet).WithArguments(arguments).WithValidation(CommandResultValidation.None)
            .WithEnvironmentVariables(variables => variables.Set("DOTNET_CLI_USE_MSBUILD_SERVER", "0"))
            .ExecuteBufferedAsync(cancellationToken).Task;
}
