using System.Text;
using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>
/// Lets a short child of the launcher create Optuna's tables and the study, so that the launcher itself hosts no Python.
/// </summary>
internal sealed class StudyPreparation(SpawnThread spawner, IProcessPlatform platform, Lazy<PythonInstallation> python)
{
    public const string CommandName = "prepare";

    /// <summary>Creates the tables and, given directions, the study.</summary>
    /// <exception cref="LaunchException">Optuna could not create them; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The launch was stopped.</exception>
    public async Task<PrepareResult> RunAsync(LaunchPlan plan, CancellationToken cancellationToken) =>
        await IsDoneAsync(plan, cancellationToken) ? Known() : await CreateAsync(plan, cancellationToken);

    // Where tables and study exist already, no Python is started, which takes longer than the search for one.
    private static async Task<bool> IsDoneAsync(LaunchPlan plan, CancellationToken cancellationToken)
    {
        using StudyDatabase? database = StudyDatabase.For(plan.Storage, plan.StudyName);
        try
        {
            return database is not null && await database.PollAsync(cancellationToken) is { } study
                && (plan.Directions.Count == 0 || study.Directions.Select(direction => direction.Name()).SequenceEqual(plan.Directions));
        }
        catch (TableException)
        {
            // Optuna's own attempt follows, and reports what is wrong.
            return false;
        }
    }

    private PrepareResult Known()
    {
        try
        {
            return new PrepareResult { Python = python.Value.Executable, OptunaVersion = python.Value.OptunaVersion };
        }
        catch (PythonStartException)
        {
            // The workers may need none.
            return new PrepareResult();
        }
    }

    private async Task<PrepareResult> CreateAsync(LaunchPlan plan, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var errors = new StringBuilder();
        using WorkerProcess child = await WorkerProcess.StartAsync(
            spawner, platform, OwnCommand(plan), plan.EnvironmentOf(0, 0), line => output.AppendLine(line), line => errors.AppendLine(line));
        int exitCode;
        await using (cancellationToken.Register(() => child.Send(StopStage.Kill)))
        {
            exitCode = await child.WaitAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        PrepareResult? result = Parse(output.ToString());
        if (result is { Error: null }) return result;
        throw result is null
            ? new LaunchException(
                FormattableString.Invariant($"Optuna's tables could not be created (exit code {exitCode}): ") +
                StorageUrl.MaskAll(errors.ToString().Trim()),
                WorkerExitCode.Storage)
            : new LaunchException(StorageUrl.MaskAll(result.Error!), result.ExitCode);
    }

    private static ProcessLine OwnCommand(LaunchPlan plan)
    {
        string program = Environment.ProcessPath!;
        string[] arguments =
        [
            CommandName, "--study", plan.StudyName, .. plan.Directions.SelectMany(direction => (string[])["--direction", direction]),
        ];
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new ProcessLine(program, isHost ? [typeof(StudyPreparation).Assembly.Location, .. arguments] : arguments);
    }

    private static PrepareResult? Parse(string output)
    {
        try
        {
            string line = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
            return JsonSerializer.Deserialize(line, PrepareJson.Default.PrepareResult);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
