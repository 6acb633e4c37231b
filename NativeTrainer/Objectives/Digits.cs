using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Hpo.Interop;
using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>The digits for Python workflows: <c>hpo_dotnet.objective("digits")</c>.</summary>
[Objective(
    DigitsSettings.Name, Description = "The accuracy of a random forest on the handwritten digits, to be maximised")]
internal sealed class Digits : IObjective
{
    private readonly ByteDataset _data = DigitsDataset.Load();
    private readonly DigitsSettings _settings;
    private readonly DigitsObjective _crossValidation;
    private readonly ScoredOn _score;
    private readonly int _threads;

    public Digits(
        [Description("The classifier")]
        [AllowedValues("forest", "fastforest", "lightgbm")] string model = "forest",
        [Description("Folds of the cross-validation"), Range(2, 100)] int folds = 5,
        [Description("Share of the rows set aside for the test")]
        [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double testSize = 0.1,
        [Description("Seed of the split and of all fits"), Range(0, int.MaxValue)] int splitSeed = 0,
        [Description("The folds' mean, or the rows set aside")] ScoredOn score = ScoredOn.Validation,
        [Description("Threads for one trial; no score depends on it"), Range(1, 1024)] int threads = 1)
    {
        (_score, _threads) = (score, threads);
        _settings = new DigitsSettings
        {
            Model = ModelKinds.Parse(model),
            Folds = folds,
            TestSize = testSize,
            SplitSeed = (ulong)splitSeed,
        };
        _crossValidation = new DigitsObjective(_data, _settings, threads);
    }

    public ObjectiveValue Evaluate(Trial trial) => _score == ScoredOn.Validation
        ? _crossValidation.Run(trial)
        : _settings.TestAccuracy(_data, DigitsObjective.Suggest(trial), _threads, trial.CancellationToken);
}
