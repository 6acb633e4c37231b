using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Data.ImageFolders;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>What a Python workflow can set of the objective over images of its own.</summary>
internal sealed record OwnImageOptions(
    [Description("The folder, with a folder of PNG or JPEG files for each class")] string Data,
    [Description("Rows and columns of the images, as 64 or 48x64; auto for the pictures' own, or 32")] string Size = "auto",
    [Description("How a picture of other proportions gets them"), AllowedValues("crop", "pad", "stretch")] string Fit = "crop",
    [Description("Colour or not; auto for what the pictures are"), AllowedValues("auto", "rgb", "grey")] string Colour = "auto",
    [Description("A folder of other images to test with; None for a test part of the folder")] string? Test = null,
    [Description("Share of the images set aside for the test where they have no folder; None for 0.2")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double? TestSize = null,
    [Description("Passes over the training images"), Range(1, 100_000)] int Epochs = 5,
    [Description("Share of the images that trials are scored on")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double Validation = 0.1,
    [Description("How many of the training images are used, validation included; None for all")]
    [Range(1, int.MaxValue)] int? Subset = null,
    [Description("Seed of the subset, the split and each training"), Range(0, int.MaxValue)] int SplitSeed = 0,
    [Description("The validation images, or the test part")] ScoredOn Score = ScoredOn.Validation,
    [Description("Where to compute"), AllowedValues("cpu", "cuda")] string Device = "cpu",
    [Description("Threads for one trial on the CPU"), Range(1, 1024)] int Threads = 1)
{
    /// <summary>What it has in common with the other data sets.</summary>
    public ImageOptions Common => new(Epochs, Validation, Subset, SplitSeed, Data, Score, Device, Threads);

    /// <exception cref="ArgumentException">A setting does not fit.</exception>
    public ImageSource Source()
    {
        var values = new Dictionary<string, string> { ["size"] = Size, ["fit"] = Fit, ["colour"] = Colour };
        if (Test is not null) values["test"] = Path.GetFullPath(Test);
        if (TestSize is { } share) values["test_size"] = FormattableString.Invariant($"{share}");
        try
        {
            return new FolderImages(new FolderOptions().With(values));
        }
        catch (UserError error)
        {
            throw new ArgumentException(error.Message, error);
        }
    }
}

/// <summary>Images of a user's own.</summary>
[Objective("images", Description = "The accuracy of a convolutional network on a folder of images, to be maximised")]
internal sealed class OwnImages(OwnImageOptions options) : Images(options.Source(), options.Common);
