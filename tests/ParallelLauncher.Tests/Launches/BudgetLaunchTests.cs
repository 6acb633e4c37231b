using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>When a run has what was asked for, on an SQLite file.</summary>
public sealed class BudgetLaunchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BudgetLaunchTests() => PreparedStudy.CopyInto(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Workers_share_the_budget_exactly_and_a_second_run_adds_nothing()
    {
        string[] command =
            [Programs.DummyWorker, "-n", "2", "--json", "--direction", "minimize", "--total-trials", "15", "--", "optimize", "--milliseconds", "30"];

        var (exitCode, launcher) = await RunAsync(command);

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().Be(15);
        launcher.Json.GetProperty("study").GetProperty("running").GetInt32().Should().Be(0);
        launcher.Json.GetProperty("study").GetProperty("bestValue").GetDouble().Should().BeGreaterThanOrEqualTo(0);

        var (again, second) = await RunAsync(command);

        again.Should().Be(WorkerExitCode.Success);
        second.Json.GetProperty("workers").GetArrayLength().Should().Be(0);
        second.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().Be(15);
        second.Errors.Should().Contain("nothing is left to do");
    }

    [Fact]
    public async Task Workers_that_end_early_are_started_again_until_the_budget_is_met()
    {
        var (exitCode, launcher) = await RunAsync(
            Programs.DummyWorker, "-n", "2", "--json", "--direction", "minimize", "--total-trials", "7", "--", "optimize", "--trials", "2");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().Be(7);
        launcher.Json.GetProperty("workers").EnumerateArray().Sum(worker => worker.GetProperty("complete").GetInt32()).Should().Be(7);
        launcher.Json.GetProperty("workers").EnumerateArray().Sum(worker => worker.GetProperty("restarts").GetInt32()).Should().Be(0);
    }

    [Fact]
    public async Task A_budget_that_is_not_met_is_a_failure_even_where_every_worker_succeeds()
    {
        var (exitCode, launcher) = await RunAsync(
            Programs.DummyWorker, "-n", "2", "--json", "--direction", "minimize", "--total-trials", "15", "--", "exit", "0");

        exitCode.Should().Be(WorkerExitCode.Failure);
        launcher.Json.GetProperty("errors")[0].GetString().Should().Contain("0 finished trials of the 15");
    }

    [Fact]
    public async Task A_plain_Python_script_keeps_the_budget_exactly_without_a_word_about_it()
    {
        string script = _folder.Write("endless.py",
            """
            import os, optuna, time
            study = optuna.load_study(study_name=os.environ["HPO_STUDY"], storage=os.environ["OPTUNA_STORAGE"])
            def objective(trial):
                time.sleep(0.2)
                return trial.suggest_float("x", 0, 1)
            study.optimize(objective)
            print("ended in order", __name__)
            """);

        var (exitCode, launcher) = await RunAsync(script, "-n", "2", "--json", "--direction", "maximize", "--total-trials", "7");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Errors.Should().Contain("[0] ended in order __main__").And.Contain("[1] ended in order __main__")
            .And.NotContain("ExperimentalWarning");
        launcher.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().Be(7);
        launcher.Json.GetProperty("study").GetProperty("running").GetInt32().Should().Be(0);
        launcher.Json.GetProperty("workers").EnumerateArray().Sum(worker => worker.GetProperty("complete").GetInt32()).Should().Be(7);
    }

    [Fact]
    public async Task A_grid_that_is_smaller_than_the_budget_is_tried_once_and_ends_the_run_with_success()
    {
        string script = _folder.Write("grid.py",
            """
            import os, optuna
            sampler = optuna.samplers.GridSampler({"x": [1, 2, 3, 4, 5], "y": ["a", None]})
            study = optuna.load_study(study_name=os.environ["HPO_STUDY"], storage=os.environ["OPTUNA_STORAGE"], sampler=sampler)
            study.optimize(lambda trial: trial.suggest_int("x", 1, 5) + (trial.suggest_categorical("y", ["a", None]) is None))
            """);

        for (int run = 0; run < 2; run++)
        {
            var (exitCode, launcher) = await RunAsync(script, "-n", "2", "--json", "--direction", "maximize", "--total-trials", "14");
            exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
            launcher.Errors.Should().Contain("no further point: the study ends with 10 finished trials of the 14 that were asked for");
            launcher.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().Be(10);
            launcher.Json.GetProperty("study").GetProperty("failed").GetInt32().Should().Be(0);
        }
    }

    [Fact]
    public async Task Workers_that_do_not_count_are_stopped_when_the_budget_is_reached()
    {
        // Not a .py: a program of its own, of which the launcher knows nothing.
        string program = _folder.WriteProgram("endless",
            $"""
            #!{PythonLocator.Find().Executable}
            import os, optuna, time
            study = optuna.load_study(study_name=os.environ["HPO_STUDY"], storage=os.environ["OPTUNA_STORAGE"])
            def objective(trial):
                time.sleep(0.2)
                return trial.suggest_float("x", 0, 1)
            study.optimize(objective)
            """);

        var (exitCode, launcher) = await RunAsync(program, "-n", "2", "--json", "--direction", "maximize", "--total-trials", "4");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Json.GetProperty("stopReason").GetString().Should().Contain("4 finished trials");
        launcher.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().BeGreaterThanOrEqualTo(4);
        launcher.Json.GetProperty("study").GetProperty("running").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task A_target_ends_the_run_with_success()
    {
        var (exitCode, launcher) = await RunAsync(
            Programs.DummyWorker, "-n", "2", "--json", "--target", "60", "--", "optimize", "--milliseconds", "20");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Json.GetProperty("stopReason").GetString().Should().Contain("reaches the target 60");
        launcher.Json.GetProperty("study").GetProperty("bestValue").GetDouble().Should().BeLessThanOrEqualTo(60);
        launcher.Json.GetProperty("study").GetProperty("running").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task What_counts_towards_the_budget_can_be_chosen()
    {
        var (exitCode, launcher) = await RunAsync(
            Programs.DummyWorker, "-n", "1", "--json", "--total-trials", "8", "--count", "complete,fail", "--", "optimize", "--fail-every", "2");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().Be(4);
        launcher.Json.GetProperty("study").GetProperty("failed").GetInt32().Should().Be(4);
    }

    private Task<(int ExitCode, LauncherProcess Launcher)> RunAsync(params string[] arguments) =>
        LauncherProcess.RunAsync(_folder, null, arguments);
}
