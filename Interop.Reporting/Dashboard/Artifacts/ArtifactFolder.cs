namespace Hpo.Interop.Reporting.Dashboard.Artifacts;

/// <summary>The folder of Optuna's FileSystemArtifactStore: one file for each artifact, named by its id.</summary>
/// <param name="path">The folder.</param>
/// <param name="largest">The most bytes that an uploaded file may have.</param>
internal sealed class ArtifactFolder(string path, long largest)
{
    private const string UploadPrefix = ".hpo-upload-";
    private const int LongestName = 255;

    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public long Largest => largest;

    /// <summary>The file of an artifact; null where there is none that may be served.</summary>
    /// <param name="id">The id, which anyone who writes to the storage may have chosen.</param>
    public FileInfo? Find(string id)
    {
        if (!IsFileName(id)) return null;
        var file = new FileInfo(System.IO.Path.Combine(Path, id));
        // The store makes no links: one would lead out of the folder.
        return file.Exists && file.LinkTarget is null ? file : null;
    }

    /// <summary>The file that an upload is written to before it is an artifact.</summary>
    public FileInfo NewUpload() => new(System.IO.Path.Combine(Path, $"{UploadPrefix}{Guid.NewGuid():N}"));

    /// <summary>Makes an upload the file of an artifact.</summary>
    public void Keep(FileInfo upload, string id) => File.Move(upload.FullName, System.IO.Path.Combine(Path, id));

    /// <summary>Removes an artifact's file, if there is one.</summary>
    public void Remove(string id) => Find(id)?.Delete();

    /// <summary>Removes what dashboards that were killed had not received to the end.</summary>
    public void RemoveForgottenUploads(DateTimeOffset now)
    {
        foreach (FileInfo file in new DirectoryInfo(Path).EnumerateFiles($"{UploadPrefix}*"))
        {
            if (now - file.LastWriteTimeUtc > Forgotten) file.Delete();
        }
    }

    // A plain name, none of a hidden file: uploads that are not complete have one.
    private static bool IsFileName(string id) =>
        id.Length is > 0 and <= LongestName && id[0] != '.' && !id.Any(letter => letter is '/' or '\\' or ':' || char.IsControl(letter));
}
