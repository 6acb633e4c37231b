using Hpo.Interop;
using Hpo.NativeTrainer.Torch;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>The hyperparameters of a <see cref="FashionCnn"/> and its training, by the names that a study knows.</summary>
internal static class ImageSearchSpace
{
    private const string LearningRate = "learning_rate";
    private const string Features = "features";
    private const string Dropout = "dropout";
    private const string BatchSize = "batch_size";
    private const string BatchNorm = "batch_norm";
    private const string ActivationName = "activation";

    private const int MinFeatures = 16;
    private const int MaxFeatures = 512;
    private const double MaxDropout = 0.7;

    private static readonly int[] BatchSizes = [32, 64, 100, 128, 256];
    private static readonly bool[] BatchNorms = [true, false];
    private static readonly string[] Activations = Enum.GetNames<Activation>();

    /// <summary>A grid over the space, of 5,400 points, for a grid sampler.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<object?>> Grid { get; } =
        new Dictionary<string, IReadOnlyList<object?>>
        {
            [LearningRate] = [1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2],
            [Features] = [30L, 120L, 480L],
            [Dropout] = [0.0, 0.25, 0.5],
            [BatchSize] = [.. BatchSizes.Select(size => (object?)(long)size)],
            [BatchNorm] = [.. BatchNorms.Cast<object?>()],
            [ActivationName] = [.. Activations],
        };

    /// <summary>The hyperparameters that a trial is to try.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="settings">What every trial of the study has in common.</param>
    public static (FashionCnnOptions Network, TrainingOptions Training) Suggest(Trial trial, ImageSettings settings)
    {
        double learningRate = trial.SuggestFloat(LearningRate, 1e-6, 1, log: true);
        var network = new FashionCnnOptions
        {
            Features = trial.SuggestInt(Features, MinFeatures, MaxFeatures, log: true),
            Dropout = trial.SuggestFloat(Dropout, 0, MaxDropout),
            BatchNorm = trial.SuggestCategorical(BatchNorm, BatchNorms),
            Activation = Enum.Parse<Activation>(trial.SuggestCategorical(ActivationName, Activations)),
        };
        return (network, Training(learningRate, trial.SuggestCategorical(BatchSize, BatchSizes), settings));
    }

    /// <summary>The hyperparameters that a trial tried.</summary>
    /// <inheritdoc cref="Suggest" path="/param"/>
    public static (FashionCnnOptions Network, TrainingOptions Training) Of(FrozenTrial trial, ImageSettings settings)
    {
        IReadOnlyDictionary<string, object?> parameters = trial.Params;
        var network = new FashionCnnOptions
        {
            Features = checked((int)(long)parameters[Features]!),
            Dropout = (double)parameters[Dropout]!,
            BatchNorm = (bool)parameters[BatchNorm]!,
            Activation = Enum.Parse<Activation>((string)parameters[ActivationName]!),
        };
        return (
            network,
            Training((double)parameters[LearningRate]!, checked((int)(long)parameters[BatchSize]!), settings));
    }

    /// <summary>The hyperparameters of the course's script on the same budget.</summary>
    public static (FashionCnnOptions Network, TrainingOptions Training) Defaults(ImageSettings settings)
    {
        var script = new TrainingOptions();
        return (new FashionCnnOptions(), Training(script.LearningRate, script.BatchSize, settings));
    }

    private static TrainingOptions Training(double learningRate, int batchSize, ImageSettings settings) => new()
    {
        LearningRate = learningRate,
        BatchSize = batchSize,
        Epochs = settings.Epochs,
        Seed = settings.SplitSeed,
    };
}
