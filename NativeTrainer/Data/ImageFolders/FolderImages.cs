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
        "folder with a folder of PNG or JPEG files for each class, or with the folders train and test that hold such folders";

    public override bool NeedsFolder => true;

    public override IReadOnlyList<ImageSourceOption> Options => FolderOptions.All;

    public override IReadOnlyDictionary<string, string> Values => options.Values;

    public override ImageSource With(IReadOnlyDictionary<string, string> values) => new FolderImages(options.With(values));

    public override ImageDataset LoadTraining(string? folder = null)
    {
        PictureParts parts = PictureParts.Of(Named(folder), options);
        ImageDataset training = Load(parts.Train, options.Size, options.Channels);
        string summary =
            $"{folder}: {training.Count} images to train on and {parts.Test.Pictures.Count} to test with, of {training.ClassNames.Count} classes, {training.Format}";
        return training with { Notes = [summary, .. parts.Notes, .. training.Notes] };
    }

    public override ImageDataset LoadTest(string? folder = null, ImageFormat? like = null)
    {
        PictureParts? parts = folder is not null || options.Test is null ? PictureParts.Of(Named(folder), options, like?.ClassNames) : null;
        PictureFolder pictures = parts?.Test ?? PictureFolder.Scan(options.Test!, like?.ClassNames);
        ImageDataset test = Load(pictures, like is null ? options.Size : (like.Height, like.Width), like?.Channels ?? options.Channels);
        return parts is not null && PictureDuplicates.Note(parts) is { } note ? test with { Notes = [.. test.Notes, note] } : test;
    }

    private static string Named(string? folder) => folder ?? throw new UserError("--data: name the folder of your images.");

    private ImageDataset Load(PictureFolder folder, (int Height, int Width)? size, int? channels)
    {
        (int height, int width) = size ?? PictureSizes.Of(folder.Pictures);
        PictureMemory.Check(folder.Path, folder.Pictures.Count, new ImageFormat(channels ?? Rgb, height, width, folder.ClassNames));
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
            Notes = folder.OtherFiles is [var first, ..] ? [.. broken, $"left out: {folder.OtherFiles.Count} other files: {first}{(folder.OtherFiles.Count > 1 ? ", …" : "")}"] : broken,
        };
    }
}
