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
    private const string FingerprintKey = "data_fingerprint";
    private const string FolderKey = "data_folder";

    /// <summary>Passes over the training images, at least 1. Default 5.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>The share of the images, in (0, 1), that trials are scored on. Default 0.1.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>How many of the training images are used, validation included; null (the default) for all.</summary>
    public int? Subset { get; init; }

    /// <summary>Seeds the choice of the subset, the split, and each training. Default 0.</summary>
    public ulong SplitSeed { get; init; }

    /// <summary>Identifies the images to train on, wherever they lie; null for a published data set.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The folder of the images, for a data set that has no usual one; else null.</summary>
    public string? Folder { get; init; }

    public string ObjectiveName => Source.Name;

    /// <summary>The settings that a study carries, or null where it is none over images.</summary>
    public static ImageSettings? FromUserAttrs(IReadOnlyDictionary<string, object?> attrs)
    {
        if (attrs.GetValueOrDefault(IObjectiveSettings.ObjectiveKey) is not string name) return null;
        if (ImageSources.Find(name) is not { } source) return null;
        var options = source.Options
            .Where(option => attrs.GetValueOrDefault(option.Key) is string)
            .ToDictionary(option => option.Key, option => (string)attrs[option.Key]!);
        return new ImageSettings(source.With(options))
        {
            Epochs = (int)(long)attrs[EpochsKey]!,
            Validation = (double)attrs[ValidationKey]!,
            Subset = (int?)(long?)attrs[SubsetKey],
            SplitSeed = (ulong)(long)attrs[SplitSeedKey]!,
            Fingerprint = (string?)attrs.GetValueOrDefault(FingerprintKey),
            Folder = (string?)attrs.GetValueOrDefault(FolderKey),
        };
    }

    public IReadOnlyDictionary<string, object?> ToUserAttrs()
    {
        var attrs = new Dictionary<string, object?>
        {
            [EpochsKey] = (long)Epochs,
            [ValidationKey] = Validation,
            [SubsetKey] = (long?)Subset,
            [SplitSeedKey] = (long)SplitSeed,
        };
        foreach ((string key, string value) in Source.ValuesOfAnyHost) attrs[key] = value;
        if (Fingerprint is not null) attrs[FingerprintKey] = Fingerprint;
        return attrs;
    }

    public IReadOnlyDictionary<string, object?> ToHints()
    {
        var hints = new Dictionary<string, object?>();
        if (Folder is not null) hints[FolderKey] = Folder;
        foreach (ImageSourceOption option in Source.Options.Where(option => option.IsFolder))
            if (Source.Values.TryGetValue(option.Key, out string? folder)) hints[option.Key] = folder;
        return hints;
    }

    /// <summary>The settings of a study over images that were loaded.</summary>
    /// <param name="training">The data set's training part.</param>
    /// <param name="folder">The folder that was named for it, or null.</param>
    public ImageSettings For(ImageDataset training, string? folder) =>
        this with { Fingerprint = training.Fingerprint, Folder = Source.NeedsFolder ? folder : null };

    /// <summary>The images that a study uses, those to train on and those to validate with together.</summary>
    /// <param name="training">The data set's training part.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Subset"/> is more than there are.</exception>
    public ImageDataset Used(ImageDataset training) => training.Subset(Subset, SplitSeed);

    /// <summary>Parts the images of <see cref="Used"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of the parts would be empty.</exception>
    public (ImageDataset Train, ImageDataset Validation) Split(ImageDataset used) => used.Split(Validation, SplitSeed);
}
