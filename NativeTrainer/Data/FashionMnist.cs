using System.Security.Cryptography;

namespace Hpo.NativeTrainer.Data;

/// <summary>
/// Fashion-MNIST (Zalando Research, MIT licence): 60,000 images of clothing to train on and 10,000 to test with, 28 × 28
/// pixels, ten classes.
/// </summary>
internal static class FashionMnist
{
    /// <summary>The variable that names a folder which holds the folder <c>fashion-mnist</c>.</summary>
    public const string FolderVariable = "HPO_DATA";

    private const string FolderName = "fashion-mnist";
    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    // SHA-256 of the uncompressed files.
    private static readonly Dictionary<string, string> Checksums = new()
    {
        ["train-images-idx3-ubyte"] = "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        ["train-labels-idx1-ubyte"] = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        ["t10k-images-idx3-ubyte"] = "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        ["t10k-labels-idx1-ubyte"] = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    };

    /// <summary>The classes by their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>The images to train on.</summary>
    /// <param name="folder">The folder of the four files, gzip or plain; null to look where they usually are.</param>
    /// <exception cref="DataFileException">A file is missing, or not the published one.</exception>
    public static ImageDataset LoadTrain(string? folder = null) => Load("train", folder);

    /// <summary>The images to test with.</summary>
    /// <inheritdoc cref="LoadTrain" path="/param"/>
    /// <inheritdoc cref="LoadTrain" path="/exception"/>
    public static ImageDataset LoadTest(string? folder = null) => Load("t10k", folder);

    private static ImageDataset Load(string part, string? folder)
    {
        string[] folders = folder is null ? [.. UsualFolders()] : [folder];
        IdxFile images = Read(folders, $"{part}-images-idx3-ubyte", dimensions: 3);
        IdxFile labels = Read(folders, $"{part}-labels-idx1-ubyte", dimensions: 1);
        return ImageDataset.From(images, labels, ClassNames);
    }

    private static IEnumerable<string> UsualFolders()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } data)
            yield return Path.Combine(data, FolderName);
        yield return DebianFolder;
        yield return Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "hpo", FolderName);
    }

    private static IdxFile Read(string[] folders, string name, int dimensions)
    {
        string path = folders.SelectMany(folder => (string[])[Path.Combine(folder, name), Path.Combine(folder, $"{name}.gz")])
                .FirstOrDefault(File.Exists)
            ?? throw new DataFileException(
                Path.Combine(folders[0], $"{name}.gz"),
                $"Fashion-MNIST is not there; looked in {string.Join(", ", folders)}.",
                $"On Debian: apt-get install dataset-fashion-mnist. Elsewhere, put its four files into a folder " +
                $"{FolderName} and name the folder around that in {FolderVariable}.");
        IdxFile file = IdxFile.Read(path, dimensions);
        Verify(file, path, Checksums[name]);
        return file;
    }

    private static void Verify(IdxFile file, string path, string expected)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file.Header());
        hash.AppendData(file.Values);
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != expected)
            throw new DataFileException(
                path,
                $"its content is not Fashion-MNIST's: SHA-256 {found}, expected {expected}.",
                "Remove it and get the file again.");
    }
}
