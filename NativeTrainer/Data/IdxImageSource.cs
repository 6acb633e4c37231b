using System.Security.Cryptography;

namespace Hpo.NativeTrainer.Data;

/// <summary>A data set of the MNIST family: four published IDX files, gzip or plain, known by their checksums.</summary>
internal sealed class IdxImageSource : ImageSource
{
    private const string Training = "train";
    private const string Test = "t10k";

    private readonly IReadOnlyDictionary<string, string> _checksums;
    private readonly string _folderName;
    private readonly string? _systemFolder;
    private readonly string _howToGet;

    /// <param name="name">What it is called on a command line.</param>
    /// <param name="title">What it is called in a sentence.</param>
    /// <param name="classNames">The classes by their labels.</param>
    /// <param name="checksums">SHA-256 of each uncompressed file, in lower case, by the file's name without .gz.</param>
    /// <param name="folderName">What its folder is called in the folders of <see cref="DataFolders"/>.</param>
    /// <param name="systemFolder">Where a system's package puts it, looked into last; null where there is no package.</param>
    /// <param name="howToGet">A sentence: what to do to get the files.</param>
    public IdxImageSource(
        string name,
        string title,
        IReadOnlyList<string> classNames,
        IReadOnlyDictionary<string, string> checksums,
        string folderName,
        string? systemFolder,
        string howToGet)
    {
        Name = name;
        Title = title;
        ClassNames = classNames;
        _checksums = checksums;
        _folderName = folderName;
        _systemFolder = systemFolder;
        _howToGet = howToGet;
    }

    public override string Name { get; }

    public override string Title { get; }

    public override string FolderHelp =>
        $"folder of {Title}'s four IDX files, gzip or plain "
        + $"(default: the first of {string.Join(", ", UsualFolders())} that has them)";

    /// <summary>The classes by their labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    public override ImageDataset LoadTraining(string? folder = null) => Load(Training, folder);

    public override ImageDataset LoadTest(string? folder = null, ImageFormat? like = null) => Load(Test, folder);

    /// <summary>Is one of the four files in a folder?</summary>
    public bool HasFilesIn(string folder) => _checksums.Keys.Any(name => Find([folder], name) is not null);

    // A file may be plain or gzip; the first folder that has it counts.
    private static string? Find(IEnumerable<string> folders, string name) => folders
        .SelectMany(folder => (string[])[Path.Combine(folder, name), Path.Combine(folder, $"{name}.gz")])
        .FirstOrDefault(File.Exists);

    private ImageDataset Load(string part, string? folder)
    {
        IReadOnlyList<string> folders = folder is null ? UsualFolders() : [folder];
        IdxFile labels = Read(folders, $"{part}-labels-idx1-ubyte", dimensions: 1);
        IdxFile images = Read(folders, $"{part}-images-idx3-ubyte", dimensions: 3);
        return ImageDataset.From(images, labels, ClassNames);
    }

    private IReadOnlyList<string> UsualFolders()
    {
        IReadOnlyList<string> folders = DataFolders.Of(_folderName);
        return _systemFolder is null ? folders : [.. folders, _systemFolder];
    }

    private IdxFile Read(IReadOnlyList<string> folders, string name, int dimensions)
    {
        string path = Find(folders, name) ?? throw new DataFileException(
            Path.Combine(folders[0], name),
            $"{Title} is not there; looked in {string.Join(", ", folders)}.",
            Remedy("Or put"));
        string remedy = $"Remove it. {Remedy("Then put")}";
        IdxFile file = IdxFile.Read(path, dimensions, remedy);
        Verify(file, path, _checksums[name], remedy);
        return file;
    }

    private string Remedy(string otherwise) =>
        $"{_howToGet} {otherwise} its four files {string.Join(", ", _checksums.Keys)} (plain, or as .gz) into a folder "
        + $"{_folderName} and name the folder around that in {DataFolders.Variable}.";

    private void Verify(IdxFile file, string path, string expected, string remedy)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file.Header());
        hash.AppendData(file.Values);
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != expected)
            throw new DataFileException(
                path, $"its content is not {Title}'s: SHA-256 {found}, expected {expected}.", remedy);
    }
}
