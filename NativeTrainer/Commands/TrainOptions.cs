using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Torch;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The hyperparameters of a network and its training; the defaults are the course's.</summary>
internal sealed class TrainOptions
{
    private static readonly TrainingOptions TrainingDefaults = new();
    private static readonly FashionCnnOptions NetworkDefaults = new();

    private readonly Option<int> _epochs = CommonOptions.Checked(
        "--epochs", "Passes over the training images", TrainingDefaults.Epochs, epochs => epochs >= 1, "at least 1");

    private readonly Option<double> _learningRate = CommonOptions.Checked(
        "--lr",
        "Learning rate of Adam",
        TrainingDefaults.LearningRate,
        rate => rate is > 0 and < double.PositiveInfinity,
        "a number above 0");

    private readonly Option<int> _batchSize = CommonOptions.Checked(
        "--batch-size", "Images of a step", TrainingDefaults.BatchSize, size => size >= 1, "at least 1");

    private readonly Option<int> _features = CommonOptions.Checked(
        "--features",
        "Output features of the second-last linear layer",
        NetworkDefaults.Features,
        features => features >= 1,
        "at least 1");

    private readonly Option<double> _dropout = CommonOptions.Checked(
        "--dropout", "Share of features dropped while training", NetworkDefaults.Dropout, share => share is >= 0 and < 1, "in [0, 1)");

    private readonly Option<bool> _batchNorm = new("--batch-norm")
    {
        Description = "Whether convolutions are followed by a batch normalisation [default: true]",
        HelpName = "true|false",
        DefaultValueFactory = _ => NetworkDefaults.BatchNorm,
    };

    private readonly Option<string> _activation = CommonOptions.OneOf(
        "--activation", "The activation after each convolution", Enum.GetNames<Activation>(), NetworkDefaults.Activation.ToString());

    private readonly Option<double?> _validation = CommonOptions.Optional<double>(
        "--validation",
        "Share of the training images set aside and recognised after each epoch [default: none]",
        share => share is > 0 and < 1,
        "between 0 and 1");

    private readonly Option<long> _seed = CommonOptions.Checked(
        "--seed",
        "Seed of the weights, the order of the images, the subset and the split",
        (long)TrainingDefaults.Seed,
        seed => seed >= 0,
        "at least 0");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
                 [_epochs, _learningRate, _batchSize, _features, _dropout, _batchNorm, _activation, _validation, _seed])
            command.Options.Add(option);
    }

    public FashionCnnOptions Network(ParseResult parsed) => new()
    {
        Features = parsed.GetValue(_features),
        Dropout = parsed.GetValue(_dropout),
        BatchNorm = parsed.GetValue(_batchNorm),
        Activation = Enum.Parse<Activation>(parsed.GetValue(_activation)!),
    };

    public TrainingOptions Training(ParseResult parsed) => new()
    {
        LearningRate = parsed.GetValue(_learningRate),
        BatchSize = parsed.GetValue(_batchSize),
        Epochs = parsed.GetValue(_epochs),
        Seed = (ulong)parsed.GetValue(_seed),
    };

    /// <summary>The validation share, or null for no validation.</summary>
    public double? Validation(ParseResult parsed) => parsed.GetValue(_validation);
}
