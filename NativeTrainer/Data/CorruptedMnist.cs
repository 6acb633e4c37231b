namespace Hpo.NativeTrainer.Data;

/// <summary>
/// Corrupted MNIST, of the course: ten blocks of 5,000 images to train on and one to test with, each block turned by one
/// random angle. Read from the course's files where they are, else made from MNIST.
/// </summary>
/// <param name="seed">Of the angles, where the set is made: the same seed gives the same images.</param>
internal sealed class CorruptedMnist(ulong seed = 0) : ImageSource
{
    public const int BlockSize = 5000;
    public const int TrainingBlocks = 10;

    /// <summary>The angles lie between minus and plus this many degrees.</summary>
    public const double MaxDegrees = 50;

    private const string FolderName = "corrupted-mnist";

    public override string Name => "corrupted-mnist";

    public override string Title => "corrupted MNIST";

    public override string FolderHelp =>
        $"folder of the course's train_0.npz … and test.npz, or of MNIST's four IDX files to make it from "
        + $"(default: the first of {string.Join(", ", DataFolders.Of(FolderName))} that has the course's files, "
        + "else made from MNIST)";

    public override ImageDataset LoadTraining(string? folder = null) =>
        FolderOfFiles(folder) is { } files
            ? CorruptedMnistFiles.ReadTraining(files)
            : MakeTraining(Mnist.Source.LoadTraining(folder), seed);

    public override ImageDataset LoadTest(string? folder = null, ImageFormat? like = null) =>
        FolderOfFiles(folder) is { } files
            ? CorruptedMnistFiles.ReadTest(files)
            : MakeTest(Mnist.Source.LoadTest(folder), seed);

    /// <summary>The angles in degrees that a seed gives: one for each training block, then the test block's.</summary>
    public static IReadOnlyList<double> Angles(ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, TrainingBlocks + 1).Select(_ => MaxDegrees * ((2 * random.NextDouble()) - 1))];
    }

    /// <summary>Turns the first 50,000 of MNIST's training images, block by block.</summary>
    /// <exception cref="ArgumentException">There are fewer images.</exception>
    public static ImageDataset MakeTraining(ImageDataset mnist, ulong seed) => Turn(mnist, Angles(seed).Take(TrainingBlocks));

    /// <summary>Turns the first 5,000 of MNIST's test images.</summary>
    /// <exception cref="ArgumentException">There are fewer images.</exception>
    public static ImageDataset MakeTest(ImageDataset mnist, ulong seed) => Turn(mnist, Angles(seed).Skip(TrainingBlocks));

    private static ImageDataset Turn(ImageDataset images, IEnumerable<double> angles)
    {
        ImageRotation[] rotations = [.. angles.Select(angle => new ImageRotation(images.Height, images.Width, angle))];
        int count = rotations.Length * BlockSize, size = images.PixelCount;
        if (images.Count < count)
            throw new ArgumentException($"{count} images are needed, there are {images.Count}.", nameof(images));
        float[] pixels = GC.AllocateUninitializedArray<float>(count * size);
        const int ImagesAtOnce = 500;
        Parallel.For(0, count / ImagesAtOnce, part =>
        {
            for (int image = part * ImagesAtOnce; image < (part + 1) * ImagesAtOnce; image++)
                rotations[image / BlockSize].Apply(images.Image(image), pixels.AsSpan(image * size, size));
        });
        return images with { Pixels = pixels, Labels = images.Labels[..count] };
    }

    // Null means that the set is to be made from MNIST.
    private static string? FolderOfFiles(string? folder)
    {
        if (folder is null) return DataFolders.Of(FolderName).FirstOrDefault(CorruptedMnistFiles.AreIn);
        if (CorruptedMnistFiles.AreIn(folder)) return folder;
        if (Mnist.Source.HasFilesIn(folder)) return null;
        throw new DataFileException(
            folder,
            "it holds neither the course's train_0.npz …, test.npz nor MNIST's four IDX files.",
            CorruptedMnistFiles.Remedy);
    }
}
