using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// The file format safetensors (huggingface.co/docs/safetensors): a little-endian 64-bit length, a JSON header of that
/// length, then the tensors' bytes. Python reads it with the package of that name. Files of this program carry a checksum
/// in their metadata, of the tensors' bytes in the order of their names: other programs that save the tensors again, with the
/// metadata, keep the names and not the order in the file.
/// </summary>
internal static class Safetensors
{
    private const string MetadataKey = "__metadata__";
    private const string ChecksumKey = "sha256_by_name";
    private const string WholeChecksumKey = "sha256"; // of the bytes in the order of the file, in earlier files
    private const int BytesOfLength = sizeof(ulong);
    private const int MaxHeader = 100_000_000;

    private static readonly Dictionary<ScalarType, string> TypeNames = new()
    {
        [ScalarType.Float32] = "F32",
        [ScalarType.Int64] = "I64",
    };

    /// <param name="file">Where to write.</param>
    /// <param name="tensors">Tensors of 32-bit floats or 64-bit integers, by name.</param>
    /// <param name="metadata">Texts to keep with them.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(
        Stream file, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> dense = tensors.ToDictionary(pair => pair.Key, pair => pair.Value.cpu().contiguous());
        byte[] header = Header(dense, new Dictionary<string, string>(metadata) { [ChecksumKey] = Checksum(dense) });
        Span<byte> length = stackalloc byte[BytesOfLength];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(header);
        foreach (Tensor tensor in dense.Values) file.Write(tensor.bytes);
    }

    /// <summary>Copies the file's tensors over those of the same names.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="targets">The tensors to set, by name; the file has to hold each, of the same type and shape.</param>
    /// <exception cref="InvalidDataException">It is no such file, or holds other tensors; the message says which.</exception>
    public static void CopyTo(ReadOnlySpan<byte> content, IReadOnlyDictionary<string, Tensor> targets)
    {
        using JsonDocument header = ReadHeader(content, out int start);
        ReadOnlySpan<byte> data = content[start..];
        // What the tensors are comes first: a file with others is no damaged one.
        foreach ((string name, Tensor target) in targets) CheckKind(name, Entry(header, name), target);
        CheckSum(header, data);
        foreach ((string name, Tensor target) in targets)
        {
            ReadOnlySpan<byte> bytes = Slice(data, name, Entry(header, name));
            if (bytes.Length != ByteCount(target))
                throw new InvalidDataException($"its tensor {name} has other bytes than its shape needs");
            bytes.CopyTo(target.bytes);
        }
    }

    /// <summary>The texts that were kept with the tensors.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(ReadOnlySpan<byte> content)
    {
        using JsonDocument header = ReadHeader(content, out _);
        return Metadata(header);
    }

    private static Dictionary<string, string> Metadata(JsonDocument header) =>
        header.RootElement.TryGetProperty(MetadataKey, out JsonElement metadata)
            ? metadata.Deserialize<Dictionary<string, string>>() ?? []
            : [];

    private static string Checksum(Dictionary<string, Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in tensors.Keys.Order(StringComparer.Ordinal)) hash.AppendData(tensors[name].bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void CheckSum(JsonDocument header, ReadOnlySpan<byte> data)
    {
        Dictionary<string, string> metadata = Metadata(header);
        string? expected = metadata.GetValueOrDefault(ChecksumKey), whole = metadata.GetValueOrDefault(WholeChecksumKey);
        bool isRight = expected is not null ? expected == Checksum(header, data)
            : whole is null || whole == Convert.ToHexStringLower(SHA256.HashData(data));
        if (!isRight)
        {
            throw new InvalidDataException(
                "its tensors are damaged or incomplete, or were changed after it was saved: they have another SHA-256 than its metadata says");
        }
    }

    private static string Checksum(JsonDocument header, ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (JsonProperty entry in header.RootElement.EnumerateObject()
            .Where(entry => entry.Name != MetadataKey).OrderBy(entry => entry.Name, StringComparer.Ordinal))
            hash.AppendData(Slice(data, entry.Name, entry.Value));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static JsonElement Entry(JsonDocument header, string name) => header.RootElement.TryGetProperty(name, out JsonElement entry)
        ? entry
        : throw new InvalidDataException($"it has no tensor {name}");

    private static byte[] Header(Dictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var entries = new Dictionary<string, object> { [MetadataKey] = metadata };
        long offset = 0;
        foreach ((string name, Tensor tensor) in tensors)
        {
            long end = offset + ByteCount(tensor);
            entries[name] = new { dtype = TypeNames[tensor.dtype], shape = tensor.shape, data_offsets = new[] { offset, end } };
            offset = end;
        }
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(entries);
        // The data begins at a multiple of eight bytes; trailing spaces are no part of the JSON.
        int padded = (json.Length + 7) / 8 * 8;
        Array.Resize(ref json, padded);
        json.AsSpan().Replace((byte)0, (byte)' ');
        return json;
    }

    private static JsonDocument ReadHeader(ReadOnlySpan<byte> content, out int end)
    {
        if (content.Length < BytesOfLength) throw new InvalidDataException("it is too short for a safetensors file");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(content);
        if (length > MaxHeader || length > (ulong)(content.Length - BytesOfLength))
            throw new InvalidDataException("it is no safetensors file, or ends within its header");
        end = BytesOfLength + (int)length;
        try
        {
            JsonDocument header = JsonDocument.Parse(content[BytesOfLength..end].ToArray());
            return header.RootElement.ValueKind == JsonValueKind.Object
                ? header
                : throw new InvalidDataException("its header is no JSON object");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("its header is not JSON", exception);
        }
    }

    private static void CheckKind(string name, JsonElement entry, Tensor target) => Described(name, () =>
    {
        string type = entry.GetProperty("dtype").GetString()!;
        long[] shape = entry.GetProperty("shape").Deserialize<long[]>()!;
        return type == TypeNames[target.dtype] && shape.AsSpan().SequenceEqual(target.shape)
            ? type
            : throw new InvalidDataException(
                $"its tensor {name} is {type} [{string.Join(", ", shape)}], " +
                $"not {TypeNames[target.dtype]} [{string.Join(", ", target.shape)}]");
    });

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> data, string name, JsonElement entry)
    {
        long[] offsets = Described(name, () => entry.GetProperty("data_offsets").Deserialize<long[]>()!);
        if (offsets is not [>= 0 and var begin, var end] || begin > end)
            throw new InvalidDataException($"its header does not say where the tensor {name} is");
        return end <= data.Length
            ? data[(int)begin..(int)end]
            : throw new InvalidDataException($"it is damaged or incomplete: it ends within its tensor {name}");
    }

    private static T Described<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"its header does not describe the tensor {name}", exception);
        }
    }

    private static long ByteCount(Tensor tensor) => tensor.numel() * tensor.element_size();
}
