using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>What a Python workflow can set of an objective over images.</summary>
internal sealed record ImageOptions(
    [Description("Passes over the training images"), Range(1, 100_000)] int Epochs = 5,
    [Description("Share of the images that trials are scored on")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double Validation = 0.1,
    [Description("How many of the training images are used, validation included; None for all")]
    [Range(1, int.MaxValue)] int? Subset = null,
    [Description("Seed of the subset, the split and each training"), Range(0, int.MaxValue)] int SplitSeed = 0,
    [Description("The folder of the data set; None to look where it usually is")] string? Data = null,
    [Description("The validation images, or the data set's test part")] ScoredOn Score = ScoredOn.Validation,
    [Description("Where to compute"), AllowedValues("cpu", "cuda")] string Device = "cpu",
    [Description("Threads for one trial on the CPU"), Range(1, 1024)] int Threads = 1);
