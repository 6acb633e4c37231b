using System.Globalization;
using System.Text.RegularExpressions;

namespace Hpo.NativeTrainer.Data;

/// <summary>
/// Corrupted MNIST as the course hands it out: <c>train_0.npz</c>, <c>train_1.npz</c> … and <c>test.npz</c>, each with the
/// arrays <c>images</c> (n, 28, 28) and <c>labels</c> or <c>targets</c> (n). Other arrays in them are passed over.
/// </summary>
internal static partial class CorruptedMnistFiles
{
    /// <summary>How to get files that can be read.</summary>
    public const string Remedy =
        "Take the course's .npz files, or leave the folder out to have the set made from MNIST. From tensor files: "
        + "numpy.savez('train_0.npz', images=torch.load('train_images_0.pt'), labels=torch.load('train_target_0.pt')), "
        + "and so on.";

    private const string Test = "test.npz";
    private const int Size = 28;

    /// <summary>Does a folder hold such files?</summary>
    public static bool AreIn(string folder) =>
        Directory.Exists(folder) && (File.Exists(Path.Combine(folder, Test)) || TrainingNumbers(folder).Any());

    /// <summary>The images of all training files, in the order of their numbers.</summary>
    /// <exception cref="DataFileException">One is missing, damaged, or holds something else.</exception>
    public static ImageDataset ReadTraining(string folder)
    {
        int count = TrainingNumbers(folder).DefaultIfEmpty().Max() + 1;
        // Tasks, not Parallel.For: the first file's fault comes as itself.
        Task<ImageDataset>[] reads =
            [.. Enumerable.Range(0, count).Select(number => Task.Run(() => Read(TrainingFile(folder, number))))];
        return Concatenate([.. reads.Select(read => read.GetAwaiter().GetResult())]);
    }

    /// <summary>The images of the test file.</summary>
    /// <exception cref="DataFileException">It is missing, damaged, or holds something else.</exception>
    public static ImageDataset ReadTest(string folder) => Read(Path.Combine(folder, Test));

    private static string TrainingFile(string folder, int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"train_{number}.npz"));

    private static IEnumerable<int> TrainingNumbers(string folder) =>
        // A folder that may not be read has none: the error names the missing file then.
        from path in Directory.EnumerateFiles(folder, "train_*.npz", new EnumerationOptions { IgnoreInaccessible = true })
        let match = TrainingName().Match(Path.GetFileName(path))
        where match.Success
        select int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static ImageDataset Read(string path)
    {
        using NpzFile file = NpzFile.Open(path, Remedy);
        float[] pixels = file.Read(Pixels, "images");
        byte[] labels = file.Read(Labels, "labels", "targets");
        if (pixels.Length != labels.Length * Size * Size)
            throw new DataFileException(
                path, $"it has {pixels.Length / (Size * Size)} images and {labels.Length} labels.", Remedy);
        return new ImageDataset(pixels, labels, Size, Size, Mnist.Source.ClassNames);
    }

    private static float[] Pixels(NpyArray images)
    {
        if (images.Shape is not ([> 0, Size, Size] or [> 0, 1, Size, Size]))
            throw new FormatException($"its shape is {images.ShapeText}, not (n, {Size}, {Size}).");
        if (!images.IsFloatingPoint) return Bytes(images);
        float[] pixels = images.ToSingles();
        // A cubic interpolation, as some tools turn images with, overshoots a little.
        const float Overshoot = 0.5f;
        for (int pixel = 0; pixel < pixels.Length; pixel++)
        {
            if (pixels[pixel] is not (>= -Overshoot and <= 1 + Overshoot))
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"image {pixel / (Size * Size)} has a pixel of {pixels[pixel]}; floating-point pixels lie in [0, 1]."));
            pixels[pixel] = Math.Clamp(pixels[pixel], 0, 1);
        }
        return pixels;
    }

    private static float[] Bytes(NpyArray images) =>
        ImageDataset.Scale(Whole(images, byte.MaxValue, index => $"image {index / (Size * Size)} has a pixel"));

    private static byte[] Labels(NpyArray labels)
    {
        if (labels.Shape is not [> 0])
            throw new FormatException($"its shape is {labels.ShapeText}, not (n,).");
        return Whole(labels, Mnist.Source.ClassNames.Count - 1, index => $"image {index} has a label");
    }

    private static byte[] Whole(NpyArray array, int max, Func<int, string> where)
    {
        float[] values = array.ToSingles();
        var whole = new byte[values.Length];
        for (int index = 0; index < values.Length; index++)
        {
            if (values[index] is not (>= 0 and var value) || value > max || value != MathF.Floor(value))
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture, $"{where(index)} of {values[index]}, not a whole number from 0 to {max}."));
            whole[index] = (byte)value;
        }
        return whole;
    }

    private static ImageDataset Concatenate(ImageDataset[] parts)
    {
        float[] pixels = GC.AllocateUninitializedArray<float>(parts.Sum(part => part.Pixels.Length));
        int end = 0;
        foreach (ImageDataset part in parts)
        {
            part.Pixels.CopyTo(pixels, end);
            end += part.Pixels.Length;
        }
        return parts[0] with { Pixels = pixels, Labels = [.. parts.SelectMany(part => part.Labels)] };
    }

    [GeneratedRegex(@"^train_(\d{1,4})\.npz$")]
    private static partial Regex TrainingName();
}
