namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>A folder with a folder of pictures for each class.</summary>
/// <param name="Path">The folder.</param>
/// <param name="ClassNames">The names of its folders, in ordinal order, or those that were asked for.</param>
/// <param name="Pictures">By class, and then by name in ordinal order: the same on every host.</param>
/// <param name="OtherFiles">Files that are no pictures by their names, or lie beside the class folders.</param>
internal sealed record PictureFolder(
    string Path, IReadOnlyList<string> ClassNames, IReadOnlyList<Picture> Pictures, IReadOnlyList<string> OtherFiles)
{
    private const string Layout =
        "It takes a folder for each class with PNG or JPEG files in it, e.g. cats/1.jpg and dogs/1.jpg; or the folders train "
        + "and test, each with such folders.";

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];

    /// <summary>Lists the pictures.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="classNames">The classes that there may be, some of which may have no pictures here; null for the
    /// folder's own.</param>
    /// <exception cref="DataFileException">It cannot be read, or is not so laid out.</exception>
    public static PictureFolder Scan(string path, IReadOnlyList<string>? classNames = null)
    {
        if (!Directory.Exists(path))
            throw new DataFileException(
                path, File.Exists(path) ? "it is a file, not a folder." : "there is no such folder.", Layout);
        var others = new List<string>();
        string[] folders = ClassFolders(path, others);
        IReadOnlyList<string> names = classNames ?? folders;
        CheckClasses(path, folders, names, isWhole: classNames is null, others);
        var pictures = new List<Picture>();
        foreach (string folder in folders)
        {
            int label = Enumerable.Range(0, names.Count).First(index => names[index] == folder);
            int before = pictures.Count;
            Add(System.IO.Path.Combine(path, folder), folder, (byte)label, pictures, others, [RealPath(path)]);
            if (pictures.Count == before && classNames is null)
                throw new DataFileException(
                    System.IO.Path.Combine(path, folder),
                    "the class has no PNG or JPEG files.",
                    "Put some there, or remove the folder.");
        }
        return pictures.Count > 0
            ? new PictureFolder(path, names, pictures, others)
            : throw new DataFileException(path, "there are no PNG or JPEG files in its folders.", Layout);
    }

    /// <summary>Does it hold folders and no pictures, so that it can be a part of a data set?</summary>
    public static bool IsPart(string path) => Directory.Exists(path) && Guard(
        path, () => Directory.EnumerateDirectories(path).Any() && !Directory.EnumerateFiles(path).Any(IsPicture));

    private static string[] ClassFolders(string path, List<string> others)
    {
        string[] folders = Guard(path, () => Directory.GetDirectories(path));
        others.AddRange(Guard(path, () => Directory.GetFiles(path)));
        others.AddRange(folders.Where(IsHidden));
        return
        [
            .. folders.Where(folder => !IsHidden(folder)).Select(folder => System.IO.Path.GetFileName(folder))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static void CheckClasses(
        string path, string[] folders, IReadOnlyList<string> names, bool isWhole, List<string> others)
    {
        if (folders.Length == 0)
        {
            int pictures = others.Count(IsPicture);
            throw new DataFileException(
                path,
                pictures > 0 ? $"its {pictures} PNG or JPEG files lie in no class's folder." : "it is empty.",
                Layout);
        }
        if (isWhole && folders.Length == 1)
            throw new DataFileException(
                path, $"there is one class only, '{folders[0]}', and nothing to tell apart.", Layout);
        if (isWhole && folders.Length > ImageFormat.MaxClasses)
            throw new DataFileException(
                path,
                $"there are {folders.Length} classes, and {ImageFormat.MaxClasses} are the most that this program tells apart.",
                Layout);
        if (folders.FirstOrDefault(folder => !names.Contains(folder)) is { } unknown)
            throw new DataFileException(
                System.IO.Path.Combine(path, unknown),
                $"'{unknown}' is no class of the images to train on ({string.Join(", ", names)}).",
                "Name the folders of both parts alike.");
    }

    // Links are followed, as by torchvision; one that leads back to a folder that it lies in is not.
    private static void Add(
        string path, string name, byte label, List<Picture> pictures, List<string> others, IReadOnlyList<string> around)
    {
        string real = RealPath(path);
        if (around.Any(outer => IsWithin(outer, real)))
        {
            others.Add(path);
            return;
        }
        foreach (string file in Guard(path, () => Directory.GetFiles(path)).Order(StringComparer.Ordinal))
        {
            if (IsPicture(file)) pictures.Add(new Picture(file, $"{name}/{System.IO.Path.GetFileName(file)}", label));
            else others.Add(file);
        }
        foreach (string folder in Guard(path, () => Directory.GetDirectories(path)).Order(StringComparer.Ordinal))
        {
            if (IsHidden(folder)) others.Add(folder);
            else Add(folder, $"{name}/{System.IO.Path.GetFileName(folder)}", label, pictures, others, [.. around, real]);
        }
    }

    private static string RealPath(string path) => Guard(
        path,
        () => Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? System.IO.Path.GetFullPath(path));

    private static bool IsWithin(string inner, string outer) =>
        inner == outer || inner.StartsWith(outer + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool IsPicture(string file) =>
        !IsHidden(file) && Extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    // Such as .ipynb_checkpoints, and the ._1.png of some archives.
    private static bool IsHidden(string path) => System.IO.Path.GetFileName(path).StartsWith('.');

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(
                path, $"it cannot be read: {exception.Message}", "Allow it, or move the folder away.", exception);
        }
    }
}
