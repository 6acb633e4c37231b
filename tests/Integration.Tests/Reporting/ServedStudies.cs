using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>Studies in a file, served by a dashboard that may change them, and as reports.</summary>
public sealed class ServedStudies : IAsyncLifetime
{
    private const string Script =
        """
        import sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)

        def objective(trial):
            x = trial.suggest_float("learning_rate_of_the_first_layer", 1e-5, 1, log=True)
            kind = trial.suggest_categorical("kind", ["relu", "a choice with quite a long name", None])
            trial.set_user_attr("remark", "word " * 30 + "x" * 120)
            for step in range(5):
                trial.report(x / (step + 1), step)
            if trial.number % 4 == 3:
                raise optuna.TrialPruned
            if trial.number % 10 == 9:
                raise ValueError
            return x + (kind == "relu")

        def make(name, objective, trials, directions=("minimize",)):
            study = optuna.create_study(study_name=name, storage=sys.argv[1], directions=directions, sampler=optuna.samplers.RandomSampler(seed=1))
            study.optimize(objective, n_trials=trials, catch=ValueError)
            return study

        study = make("first study", objective, 30)
        storage = study._storage
        storage.set_study_system_attr(study._study_id, "dashboard:note_str:0", "A note\n\n```\n" + "code " * 60 + "\n```\n\n| a | b |\n|---|---|\n| 1 | " + "y" * 200 + " |")
        storage.set_study_system_attr(study._study_id, "dashboard:note_ver", 1)
        make("second-" + "long-" * 20 + "name", objective, 12)
        make("long", lambda trial: trial.suggest_float("x", 0, 1), 60)
        make("several", lambda trial: (trial.suggest_float("x", 0, 1), trial.suggest_float("y", 0, 1)), 20, ("minimize", "maximize"))
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _addresses = [];
    private RunningDashboard? _dashboard;

    private string Storage => $"sqlite:///{_folder.File("studies.db")}";

    /// <summary>Where a page is.</summary>
    public string Address(string page) => _addresses[page];

    /// <summary>Adds a trial to the study of the page "study".</summary>
    public Task AddTrialAsync() => PythonOracle.RunAsync(
        "import sys, optuna; optuna.load_study(study_name='first study', storage=sys.argv[1]).add_trial(optuna.create_trial(value=3.0))", Storage);

    public async ValueTask InitializeAsync()
    {
        string second = $"second-{string.Concat(Enumerable.Repeat("long-", 20))}name";
        await PythonOracle.RunAsync(Script, Storage);
        _dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes", "--artifacts", _folder.Path);
        _addresses["list"] = _dashboard.Url("/");
        _addresses["study"] = _dashboard.StudyUrl("first study");
        _addresses["trial"] = $"{_dashboard.StudyUrl("first study")}#trial-3";
        _addresses["versus"] = _dashboard.Url($"/compare?name=first%20study&name={second}");
        _addresses["several"] = _dashboard.StudyUrl("several");
        _addresses["report"] = await WriteAsync("report", "--study", "first study", "--importance", "none");
        _addresses["report's trial"] = $"{_addresses["report"]}#trial-3";
        _addresses["long"] = await WriteAsync("report", "--study", "long", "--importance", "none");
        _addresses["comparison"] = await WriteAsync("compare", "--studies", $"first study,{second}");
    }

    private async Task<string> WriteAsync(string command, params string[] arguments)
    {
        string file = _folder.File($"{_addresses.Count}.html");
        BufferedCommandResult written = await Programs.RunAsync(Programs.Trainer, _folder.Path, [command, .. arguments, "--storage", Storage, "--out", file]);
        written.ExitCode.Should().Be(0, written.StandardError);
        return new Uri(file).AbsoluteUri;
    }

    public async ValueTask DisposeAsync()
    {
        if (_dashboard is not null) await _dashboard.DisposeAsync();
        _folder.Dispose();
    }
}
