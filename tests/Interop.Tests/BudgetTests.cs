using System.Diagnostics;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests;

/// <summary>A budget of trials is exact over all threads and processes that share a study.</summary>
public sealed class BudgetTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("memory"), InlineData("sqlite"), InlineData("journal"), InlineData("mysql")]
    public async Task Runs_that_share_a_study_end_with_exactly_the_budget(string kind)
    {
        const int Total = 25;
        Storage storage = await NewStorageAsync(kind);
        using Study first = Open(storage);
        // A second storage object is what a second process would have.
        using Study second = kind == "memory" ? Open(storage) : Open(Again(kind));

        var options = new OptimizeOptions { TotalTrials = Total, NJobs = 2 };
        await Task.WhenAll(first.OptimizeAsync(Objective, options), second.OptimizeAsync(Objective, options));

        first.Trials.Should().HaveCount(Total).And.OnlyContain(trial => trial.State == TrialState.Complete);
        first.Trials.Select(trial => trial.Number).Should().Equal(Enumerable.Range(0, Total));

        second.Optimize(Objective, options);
        second.Trials.Should().HaveCount(Total, "a run of a study whose budget is spent adds nothing");

        static double Objective(Trial trial) => trial.SuggestFloat("x", 0, 1);
    }

    [Theory, InlineData("memory"), InlineData("sqlite"), InlineData("mysql")]
    public async Task Runs_that_share_a_grid_try_each_point_once_whatever_the_budget(string kind)
    {
        var grid = new GridSampler(new Dictionary<string, IReadOnlyList<object?>> { ["n"] = [.. Enumerable.Range(0, 12).Cast<object?>()] });
        Storage storage = await NewStorageAsync(kind);
        using Study first = OpenGrid(storage);
        using Study second = kind == "memory" ? OpenGrid(storage) : OpenGrid(Again(kind));

        foreach (int round in (int[])[1, 2])
        {
            var options = new OptimizeOptions { TotalTrials = 20, NJobs = 2 };
            await Task.WhenAll(first.OptimizeAsync(Objective, options), second.OptimizeAsync(Objective, options));
            first.Trials.Select(trial => trial.Params["n"]).Order().Should().Equal(Enumerable.Range(0, 12).Select(n => (object)(long)n), $"round {round}");
        }

        Study OpenGrid(Storage where) => Study.Create(new StudyOptions { Name = "grid", Storage = where, Sampler = grid, LoadIfExists = true });

        static double Objective(Trial trial) => trial.SuggestInt("n", 0, 11);
    }

    [Fact]
    public void A_grid_that_is_done_stays_so_whatever_a_run_asks_for()
    {
        var grid = new GridSampler(new Dictionary<string, IReadOnlyList<object?>> { ["n"] = [1, 2, 3] });
        using Study study = Study.Create(new StudyOptions { Sampler = grid });
        foreach (int? asked in (int?[])[8, null, 1]) study.Optimize(trial => trial.SuggestInt("n", 1, 3), new OptimizeOptions { NTrials = asked });
        study.Trials.Should().HaveCount(3);
    }

    [Fact]
    public void Failed_trials_do_not_count()
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(
            trial => trial.Number % 2 == 0 ? throw new InvalidOperationException() : 1.0,
            new OptimizeOptions { TotalTrials = 3, Catch = [typeof(InvalidOperationException)] });
        study.GetTrials(TrialState.Complete).Should().HaveCount(3);
        study.GetTrials(TrialState.Fail).Should().HaveCount(3);
    }

    [Fact]
    public void What_counts_can_be_chosen()
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        var options = new OptimizeOptions
        {
            TotalTrials = 4,
            CountedStates = [TrialState.Complete, TrialState.Fail],
            Catch = [typeof(InvalidOperationException)],
        };

        study.Optimize(trial => trial.Number % 2 == 0 ? throw new InvalidOperationException() : 1.0, options);

        study.Trials.Should().HaveCount(4);
        var running = () => study.Optimize(_ => 1, options with { CountedStates = [TrialState.Running] });
        running.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void The_number_of_a_runs_own_trials_holds_beside_the_budget()
    {
        using Study study = Study.Create();
        study.Optimize(_ => 1, new OptimizeOptions { TotalTrials = 10, NTrials = 4 });
        study.Trials.Should().HaveCount(4);
        study.Optimize(_ => 1, new OptimizeOptions { NTrials = 2 });
        study.Trials.Should().HaveCount(6);
    }

    [Fact]
    public void A_process_that_dies_frees_its_lock()
    {
        string url = $"sqlite:///{_folder.File("studies.db")}", glue = _folder.File("glue");
        PythonWorkerScript.WriteTo(glue);
        using Study study = Open(url);
        string script =
            """
            import os, sys
            sys.path.insert(0, sys.argv[2])
            import optuna
            from hpo_glue import locks
            study = optuna.load_study(study_name="shared", storage=sys.argv[1])
            with locks.study_lock(study):
                os._exit(3)
            """;
        var start = new ProcessStartInfo(OptunaRuntime.Current.Python.Executable);
        foreach (string argument in new[] { "-c", script, url, glue }) start.ArgumentList.Add(argument);
        using Process python = Process.Start(start)!;
        python.WaitForExit();
        python.ExitCode.Should().Be(3);

        study.Optimize(_ => 1, new OptimizeOptions { TotalTrials = 1 });
        study.Trials.Should().HaveCount(1);
    }

    private static Study Open(Storage storage) => Study.Create(new StudyOptions
    {
        Name = "shared",
        Storage = storage,
        LoadIfExists = true,
        Sampler = new RandomSampler(),
    });

    private async Task<Storage> NewStorageAsync(string kind)
    {
        if (kind == "memory") return new InMemoryStorage();
        if (kind == "mysql")
        {
            server.Require();
            await server.ExecuteAsync("CREATE DATABASE IF NOT EXISTS budget CHARACTER SET utf8mb4");
        }
        return Again(kind);
    }

    private Storage Again(string kind) => kind switch
    {
        "sqlite" => $"sqlite:///{_folder.File("budget.db")}",
        "journal" => new JournalFileStorage(_folder.File("budget.log")),
        _ => server.Url("budget"),
    };
}
