using System.Globalization;
using Hpo.Interop.Reporting.CommandLine;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>How a folder of images becomes a data set.</summary>
internal sealed record FolderOptions
{
    /// <summary>The most rows and columns of an image: the network's first linear layer grows with their product.</summary>
    public const int MaxSize = 256;

    private const string Auto = "auto";
    private const string Grey = "grey";
    private const string Rgb = "rgb";
    private const double DefaultTestSize = 0.2;

    private static readonly ImageSourceOption SizeOption = new(
        "size",
        "n|HxW",
        $"Rows and columns of the images, {ImageFormat.MinSize} to {MaxSize} [default: the pictures' own where all have one "
        + $"size of at most {PictureSizes.MaxOwnSize} × {PictureSizes.MaxOwnSize}, else {PictureSizes.DefaultSize}]");

    private static readonly ImageSourceOption FitOption = new(
        "fit",
        "name",
        "How a picture of other proportions gets them: crop (its centre), pad (with white), stretch [default: crop]");

    private static readonly ImageSourceOption ColourOption = new(
        "colour", "name", "rgb, grey, or auto: grey where all pictures to train on are [default: auto]");

    private static readonly ImageSourceOption TestOption = new(
        "test", "folder", "Test with the pictures of this folder [default: the folder's own test part, or --test-size]")
    {
        IsFolder = true,
    };

    private static readonly ImageSourceOption TestSizeOption = new(
        "test-size",
        "share",
        "Share of each class's pictures set aside for the test, where they have no folder [default: 0.2]");

    public static IReadOnlyList<ImageSourceOption> All { get; } =
        [SizeOption, FitOption, ColourOption, TestOption, TestSizeOption];

    /// <summary>Null for the default.</summary>
    public (int Height, int Width)? Size { get; init; }

    public ImageFit Fit { get; init; } = ImageFit.Crop;

    /// <summary>1 or 3; null for what the pictures are.</summary>
    public int? Channels { get; init; }

    /// <summary>A folder whose pictures are all to test with, or null.</summary>
    public string? Test { get; init; }

    /// <summary>The test part's share, in (0, 1); null for the default where a test part has to be made.</summary>
    public double? TestSize { get; init; }

    /// <summary>The test part's share where one has to be made.</summary>
    public double TestShare => TestSize ?? DefaultTestSize;

    /// <summary>The values as text, by the options' keys; folders only where they are named.</summary>
    public IReadOnlyDictionary<string, string> Values
    {
        get
        {
            var values = new Dictionary<string, string>
            {
                [SizeOption.Key] = Size is var (height, width) ? Invariant($"{height}x{width}") : Auto,
                [FitOption.Key] = Fit.ToString().ToLowerInvariant(),
                [ColourOption.Key] = Channels switch { 1 => Grey, 3 => Rgb, _ => Auto },
                [TestSizeOption.Key] = TestSize is { } share ? Invariant($"{share}") : Auto,
            };
            if (Test is not null) values[TestOption.Key] = Test;
            return values;
        }
    }

    /// <exception cref="UserError">A value is none of its option's.</exception>
    public FolderOptions With(IReadOnlyDictionary<string, string> values)
    {
        FolderOptions options = this;
        if (values.TryGetValue(SizeOption.Key, out string? size)) options = options with { Size = ParseSize(size) };
        if (values.TryGetValue(FitOption.Key, out string? fit)) options = options with { Fit = ParseFit(fit) };
        if (values.TryGetValue(ColourOption.Key, out string? colour))
            options = options with { Channels = ParseColour(colour) };
        string? test = values.GetValueOrDefault(TestOption.Key);
        double? share = ParseShare(values.GetValueOrDefault(TestSizeOption.Key, Auto));
        if (test is not null && share is not null)
            throw new UserError("--test-size sets pictures aside, and --test names others: give one of them.");
        // Each replaces what the other said before.
        if (test is not null) return options with { Test = test, TestSize = null };
        return share is not null ? options with { Test = null, TestSize = share } : options;
    }

    private static (int, int)? ParseSize(string text)
    {
        if (text == Auto) return null;
        int[] sides = [.. text.Split('x').Select(ParseSide)];
        return sides is [_] or [_, _] && sides.All(side => side is >= ImageFormat.MinSize and <= MaxSize)
            ? (sides[0], sides[^1])
            : throw new UserError(
                $"--size must be a number from {ImageFormat.MinSize} to {MaxSize}, or two for rows and columns as in 32x48, "
                + $"not '{text}'.");
    }

    private static int ParseSide(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pixels) ? pixels : 0;

    private static ImageFit ParseFit(string text) => text switch
    {
        "crop" => ImageFit.Crop,
        "pad" => ImageFit.Pad,
        "stretch" => ImageFit.Stretch,
        _ => throw new UserError($"--fit must be one of crop, pad, stretch, not '{text}'."),
    };

    private static int? ParseColour(string text) => text switch
    {
        Auto => null,
        Grey => 1,
        Rgb => 3,
        _ => throw new UserError($"--colour must be one of rgb, grey, auto, not '{text}'."),
    };

    private static double? ParseShare(string text)
    {
        if (text == Auto) return null;
        return double.TryParse(text, CultureInfo.InvariantCulture, out double share) && share is > 0 and < 1
            ? share
            : throw new UserError($"--test-size must be a number between 0 and 1, not '{text}'.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
