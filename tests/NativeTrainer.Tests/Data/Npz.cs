using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Data;

/// <summary>Writes numpy's files, for tests of what reads them.</summary>
internal static class Npz
{
    private const int Alignment = 64;

    private static readonly Dictionary<Type, string> TypeNames = new()
    {
        [typeof(byte)] = "|u1",
        [typeof(int)] = "<i4",
        [typeof(long)] = "<i8",
        [typeof(float)] = "<f4",
        [typeof(double)] = "<f8",
    };

    /// <summary>An array of numbers, given row after row.</summary>
    public static NpyArray Array<T>(ReadOnlySpan<T> values, params int[] shape) where T : struct =>
        new(TypeNames[typeof(T)], shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Writes arrays by their names, uncompressed as numpy.savez does.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, NpyArray> arrays)
    {
        File.Delete(path);
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, NpyArray array) in arrays)
        {
            using Stream member = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression).Open();
            member.Write(Content(array));
        }
    }

    /// <summary>Writes the course's files: images as 4-byte floats, labels as 8-byte integers.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="training">Goes into files of 5,000 images each.</param>
    /// <param name="test">Goes into one file.</param>
    public static void WriteCorruptedMnist(string folder, ImageDataset training, ImageDataset test)
    {
        foreach ((int number, int[] block) in Enumerable.Range(0, training.Count).Chunk(CorruptedMnist.BlockSize).Index())
            Write(Path.Combine(folder, $"train_{number}.npz"), training.Select(block));
        Write(Path.Combine(folder, "test.npz"), test);
    }

    private static void Write(string path, ImageDataset images) => Write(path, new Dictionary<string, NpyArray>
    {
        ["images"] = Array<float>(images.Pixels, images.Count, images.Height, images.Width),
        ["labels"] = Array<long>([.. images.Labels.Select(label => (long)label)], images.Count),
    });

    private static byte[] Content(NpyArray array)
    {
        const int Preamble = 10;
        string header = $"{{'descr': '{array.Type}', 'fortran_order': False, 'shape': {array.ShapeText}, }}";
        int padding = (Alignment - ((Preamble + header.Length + 1) % Alignment)) % Alignment;
        header = $"{header}{new string(' ', padding)}\n";
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8),
            .. Encoding.ASCII.GetBytes(header),
            .. array.Values.Span,
        ];
    }
}
