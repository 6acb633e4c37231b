using System.Globalization;
using Hpo.Interop.Importance;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests;

public sealed class ImportanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Url => $"sqlite:///{_folder.File("importance.db")}";

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("FanovaImportanceEvaluator")]
    [InlineData("MeanDecreaseImpurityImportanceEvaluator")]
    public async Task Importances_are_those_of_Python_for_the_same_seed(string evaluator)
    {
        using Study study = Create();
        string python = await PythonOracle.RunAsync(
            $"""
            import sys, optuna
            study = optuna.load_study(study_name="importance", storage=sys.argv[1])
            evaluator = optuna.importance.{evaluator}(seed=5, n_trees=16)
            for name, value in optuna.importance.get_param_importances(study, evaluator=evaluator).items():
                print(name, repr(float(value)))
            """,
            Url);

        IReadOnlyDictionary<string, double> importances = study.Importance(evaluator.StartsWith('F')
            ? new FanovaImportanceEvaluator { Seed = 5, NTrees = 16 }
            : new MeanDecreaseImpurityImportanceEvaluator { Seed = 5, NTrees = 16 });

        importances.Select(pair => $"{pair.Key} {pair.Value.ToString("R", CultureInfo.InvariantCulture)}")
            .Should().Equal(python.Trim().Split('\n').Select(line => line.Replace("e-0", "E-0", StringComparison.Ordinal)));
        importances.Keys.First().Should().Be("large");
        importances.Values.Sum().Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void Parameters_and_target_can_be_chosen()
    {
        using Study study = Create();
        var evaluator = new FanovaImportanceEvaluator { Seed = 1, NTrees = 16 };

        study.Importance(evaluator, ["small"]).Should().ContainSingle().Which.Value.Should().Be(1);
        study.Importance(evaluator, target: trial => (double)trial.Params["small"]!).Keys.First().Should().Be("small");
    }

    [Fact]
    public void In_no_trials_no_parameter_matters_and_an_older_Optuna_says_that_there_are_none()
    {
        using Study study = Study.Create();
        foreach (ImportanceEvaluator? evaluator in (ImportanceEvaluator?[])[null, new FanovaImportanceEvaluator()])
        {
            if (InstalledOptuna.IsAtLeast("5.0")) study.Importance(evaluator).Should().BeEmpty();
            else study.Invoking(empty => empty.Importance(evaluator))
                .Should().Throw<PythonCallException>().Which.PythonMessage.Should().Contain("without completed trials");
        }
    }

    [Fact]
    public void An_evaluator_of_a_later_Optuna_works_or_names_the_version_that_has_it()
    {
        using Study study = Create();
        if (InstalledOptuna.IsAtLeast("3.6"))
        {
            study.Importance(new PedAnovaImportanceEvaluator()).Should().ContainKeys("large", "small");
            return;
        }

        FluentActions.Invoking(() => study.Importance(new PedAnovaImportanceEvaluator()))
            .Should().Throw<OptunaFeatureException>().WithMessage("*PedAnovaImportanceEvaluator*install Optuna 3.6 or later.");
    }

    private Study Create()
    {
        Study study = Study.Create(new StudyOptions
        {
            Name = "importance",
            Storage = Storage.FromUrl(Url),
            Sampler = new RandomSampler { Seed = 2 },
        });
        study.Optimize(
            trial => 10 * trial.SuggestFloat("large", 0, 1) + trial.SuggestFloat("small", 0, 1), 20);
        return study;
    }
}
