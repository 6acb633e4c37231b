using System.IO.Compression;
using System.IO.Hashing;

namespace Hpo.NativeTrainer.Data;

/// <summary>numpy's .npz: a zip archive of .npy arrays, stored or deflated.</summary>
internal sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    private readonly string _path;
    private readonly string _remedy;
    private readonly ZipArchive _archive;

    private NpzFile(string path, string remedy, ZipArchive archive)
    {
        _path = path;
        _remedy = remedy;
        _archive = archive;
    }

    /// <param name="path">The file.</param>
    /// <param name="remedy">What to do where the file is no good, a sentence.</param>
    /// <exception cref="DataFileException">It is missing, or no such archive.</exception>
    public static NpzFile Open(string path, string remedy)
    {
        try
        {
            return new NpzFile(path, remedy, ZipFile.OpenRead(path));
        }
        catch (InvalidDataException exception)
        {
            throw new DataFileException(path, $"it is no .npz archive, or cut short ({exception.Message})", remedy, exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "there is no such file.", remedy, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"it cannot be read: {exception.Message}", "Check its permissions.", exception);
        }
    }

    /// <summary>Reads an array and makes something of it.</summary>
    /// <param name="convert">Makes something of the array; a FormatException of it is reported with file and member.</param>
    /// <param name="names">What the array may be called; the first that is there counts.</param>
    /// <exception cref="DataFileException">The array is missing, damaged, or not what is asked for.</exception>
    public T Read<T>(Func<NpyArray, T> convert, params string[] names)
    {
        ZipArchiveEntry entry = Find(names);
        try
        {
            return convert(NpyArray.Parse(Content(entry)));
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw new DataFileException(_path, $"its member {entry.FullName}: {exception.Message}", _remedy, exception);
        }
        catch (IOException exception)
        {
            throw new DataFileException(
                _path, $"its member {entry.FullName} cannot be read: {exception.Message}", _remedy, exception);
        }
    }

    public void Dispose() => _archive.Dispose();

    private ZipArchiveEntry Find(string[] names)
    {
        ZipArchiveEntry? entry = names.Select(name => _archive.GetEntry(name + Extension))
            .FirstOrDefault(found => found is not null);
        string members = string.Join(", ", _archive.Entries.Select(found => found.FullName));
        return entry
            ?? throw new DataFileException(_path, $"it has no array {string.Join(" or ", names)}, but {members}.", _remedy);
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        if (entry.Length > Array.MaxLength) throw new FormatException($"its {entry.Length} bytes are too many.");
        byte[] content = GC.AllocateUninitializedArray<byte>((int)entry.Length);
        using Stream stream = entry.Open();
        int read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (read < content.Length) throw new FormatException($"it ends after {read} of {content.Length} bytes.");
        // ZipArchive does not check what it reads.
        if (Crc32.HashToUInt32(content) != entry.Crc32) throw new FormatException("its checksum is wrong: it was damaged.");
        return content;
    }
}
