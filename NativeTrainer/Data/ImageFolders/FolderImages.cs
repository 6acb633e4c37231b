using Hpo.Interop.Reporting.CommandLine;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>Pictures of a user's own: a folder with a folder of PNG or JPEG files for each class.</summary>
/// <param name="options">How it becomes a data set.</param>
internal sealed class FolderImages(FolderOptions options) : ImageSource
{
    private const int Rgb = 3;

    public override string Name => "images";

    public override string Title => "your own images";

    public override string FolderHelp =>
        "folder with a folder of PNG or JPEG files for each class, or with the folders train and test that hold such "
        + "folders";

    public override bool NeedsFolder => true;

    public override IReadOnlyList<ImageSourceOption> Options => FolderOptions.All;

    public override IReadOnlyDictionary<string, string> Values => options.Values;

    public override ImageSource With(IReadOnlyDictionary<string, string> values) => new FolderImages(options.With(values));

    public override ImageDataset LoadTraining(string? folder = null)
    {
        PictureParts parts = PictureParts.Of(Named(folder), options);
        ImageDataset training = Load(parts.Train, options.Size, options.Channels);
        string summary =
            $"{folder}: {training.Count} images to train on and {parts.Test.Pictures.Count} to test with, "
            + $"of {training.ClassNames.Count} classes, {training.Format}";
        return training with { Notes = [summary, .. parts.Notes, .. training.Notes] };
    }

    public override ImageDataset LoadTest(string? folder = null, ImageFormat? like = null)
    {
        // A folder that is named to test with needs no other.
        PictureParts? parts = folder is null && options.Test is not null
            ? null
            : PictureParts.Of(Named(folder), options, like?.ClassNames);
        PictureFolder pictures = parts?.Test ?? PictureFolder.Scan(options.Test!, like?.ClassNames);
        ImageDataset test = like is null
            ? Load(pictures, options.Size, options.Channels)
            : Load(pictures, (like.Height, like.Width), like.Channels);
        return parts is not null && PictureDuplicates.Note(parts) is { } note
            ? test with { Notes = [.. test.Notes, note] }
            : test;
    }

    private static string Named(string? folder) =>
        folder ?? throw new UserError("--data: name the folder of your images.");

    private ImageDataset Load(PictureFolder folder, (int Height, int Width)? size, int? channels)
    {
        (int height, int width) = size ?? PictureSizes.Of(folder.Pictures);
        var format = new ImageFormat(channels ?? Rgb, height, width, folder.ClassNames);
        PictureMemory.Check(folder.Path, folder.Pictures.Count, format);
        DecodedPictures decoded = PictureReader.Read(folder, new PictureDecoder(height, width, options.Fit));
        IReadOnlyList<string> broken = BrokenPictures.Notes(folder, decoded.Problems);
        int[] whole = [.. Enumerable.Range(0, folder.Pictures.Count).Where(index => decoded.Problems[index] is null)];
        byte[] rgb = PictureColours.Of(decoded.Rgb, whole, height * width);
        bool grey = channels == 1 || (channels is null && PictureColours.AreGrey(rgb));
        return new ImageDataset(
            ImageDataset.Scale(grey ? PictureColours.ToGrey(rgb) : rgb),
            [.. whole.Select(index => folder.Pictures[index].Label)],
            height,
            width,
            folder.ClassNames)
        {
            Channels = grey ? 1 : Rgb,
            Fingerprint = decoded.Fingerprint,
            Notes = [.. broken, .. OthersNote(folder.OtherFiles)],
        };
    }

    private static string[] OthersNote(IReadOnlyList<string> others) => others switch
    {
        [] => [],
        [var only] => [$"left out: 1 other file: {only}"],
        [var first, ..] => [$"left out: {others.Count} other files: {first}, …"],
    };
}
