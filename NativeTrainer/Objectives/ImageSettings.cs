using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>What the scores of a study over an image data set depend on besides its hyperparameters.</summary>
/// <param name="Source">The data set.</param>
internal sealed record ImageSettings(ImageSource Source) : IObjectiveSettings
{
    private const string EpochsKey = "epochs";
    private const string ValidationKey = "validation";
    private const string SubsetKey = "subset";
    private const string SplitSeedKey = "split_seed";

    /// <summary>Passes over the training images, at least 1. Default 5.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>The share of the images, in (0, 1), that trials are scored on. Default 0.1.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>How many of the training images are used, validation included; null (the default) for all.</summary>
    public int? Subset { get; init; }

    /// <summary>Seeds the choice of the subset, the split, and each training. Default 0.</summary>
    public ulong SplitSeed { get; init; }

    public string ObjectiveName => Source.Name;

    /// <summary>The settings that a study carries, or null where it is none over images.</summary>
    public static ImageSettings? FromUserAttrs(IReadOnlyDictionary<string, object?> attrs)
    {
        if (attrs.GetValueOrDefault(IObjectiveSettings.ObjectiveKey) is not string name) return null;
        if (ImageSources.Find(name) is not { } source) return null;
        return new ImageSettings(source)
        {
            Epochs = (int)(long)attrs[EpochsKey]!,
            Validation = (double)attrs[ValidationKey]!,
            Subset = (int?)(long?)attrs[SubsetKey],
            SplitSeed = (ulong)(long)attrs[SplitSeedKey]!,
        };
    }

    public IReadOnlyDictionary<string, object?> ToUserAttrs() => new Dictionary<string, object?>
    {
        [EpochsKey] = (long)Epochs,
        [ValidationKey] = Validation,
        [SubsetKey] = (long?)Subset,
        [SplitSeedKey] = (long)SplitSeed,
    };

    /// <summary>The images that a study uses, those to train on and those to validate with together.</summary>
    /// <param name="training">The data set's training part.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Subset"/> is more than there are.</exception>
    public ImageDataset Used(ImageDataset training) => training.Subset(Subset, SplitSeed);

    /// <summary>Parts the images of <see cref="Used"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of the parts would be empty.</exception>
    public (ImageDataset Train, ImageDataset Validation) Split(ImageDataset used) => used.Split(Validation, SplitSeed);
}
