using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Hpo.Interop;
using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>The digits for Python workflows: <c>hpo_dotnet.objective("digits")</c>.</summary>
[Objective(
    DigitsSettings.ObjectiveName,
    Description = "The accuracy of a random forest on the handwritten digits, to be maximised")]
internal sealed class Digits : IObjective
{
    private readonly DigitsScore _score;
    private readonly DigitsSettings _settings;
    private readonly int _threads;
    private readonly ByteDataset _data = DigitsDataset.Load();
    private readonly DigitsObjective _crossValidation;

    public Digits(
        [Description("The classifier")]
        [AllowedValues("forest", "fastforest", "lightgbm")] string model = "forest",
        [Description("Folds of the cross-validation"), Range(2, 100)] int folds = 5,
        [Description("Share of the rows set aside for the test")]
        [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double testSize = 0.1,
        [Description("Seed of the split and of all fits"), Range(0, int.MaxValue)] int splitSeed = 0,
        [Description("The mean over the folds, or one score on the rows set aside")]
        DigitsScore score = DigitsScore.CrossValidation,
        [Description("Threads for one trial; no score depends on it"), Range(1, 1024)] int threads = 1)
    {
        _score = score;
        _threads = threads;
        _settings = new DigitsSettings
        {
            Model = ModelKinds.Parse(model),
            Folds = folds,
            TestSize = testSize,
            SplitSeed = (ulong)splitSeed,
        };
        _crossValidation = new DigitsObjective(_data, _settings, threads);
    }

    public ObjectiveValue Evaluate(Trial trial) => _score == DigitsScore.CrossValidation
        ? _crossValidation.Run(trial)
        : _settings.TestAccuracy(_data, DigitsObjective.Suggest(trial), _threads, trial.CancellationToken);
}

/// <summary>What a trial on the digits is scored by.</summary>
internal enum DigitsScore
{
    /// <summary>The mean accuracy over the folds.</summary>
    CrossValidation,

    /// <summary>The accuracy on the rows set aside, after training on all others: for the best trial, once.</summary>
    Test,
}
