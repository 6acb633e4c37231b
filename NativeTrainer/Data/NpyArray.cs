using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Hpo.NativeTrainer.Data;

/// <summary>
/// An array in numpy's .npy format (versions 1 to 3): C order, little-endian numbers of 1-byte unsigned, 4- or 8-byte
/// signed integers or 4- or 8-byte floats.
/// </summary>
/// <param name="Type">numpy's name of the numbers' type, e.g. <c>&lt;f4</c>.</param>
/// <param name="Shape">The sizes of the dimensions, the outermost first.</param>
/// <param name="Values">The numbers' bytes, row after row.</param>
internal sealed partial record NpyArray(string Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Values)
{
    private static readonly string[] Types = ["|u1", "<i4", "<i8", "<f4", "<f8"];

    /// <summary>Are the numbers floats?</summary>
    public bool IsFloatingPoint => Type is "<f4" or "<f8";

    /// <summary>The shape as Python writes it.</summary>
    public string ShapeText => Shape.Count == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the content of an .npy file.</summary>
    /// <exception cref="FormatException">
    /// It is damaged, or of a type that is not read here; the message is a clause on it.
    /// </exception>
    public static NpyArray Parse(ReadOnlyMemory<byte> content)
    {
        (string header, int start) = ReadHeader(content.Span);
        string type = Field(TypeField(), header, "type of its numbers ('descr')");
        if (!Types.Contains(type))
            throw new FormatException(
                $"its numbers are of the type '{type}'; read are {string.Join(", ", Types)}.");
        int[] shape = ParseShape(Field(ShapeField(), header, "'shape'"));
        if (Field(OrderField(), header, "'fortran_order'") == "True" && shape.Length > 1)
            throw new FormatException("it is in Fortran's order; save numpy.ascontiguousarray(…) of it.");
        ReadOnlyMemory<byte> values = content[start..];
        BigInteger expected = shape.Aggregate(
            BigInteger.Parse(type[2..], CultureInfo.InvariantCulture), (product, size) => product * size);
        return values.Length == expected
            ? new NpyArray(type, shape, values)
            : throw new FormatException($"it has {values.Length} bytes of numbers, its header asks for {expected}.");
    }

    /// <summary>The numbers as floats, rounded to the nearest.</summary>
    public float[] ToSingles() => Type switch
    {
        "|u1" => ToSingles<byte>(),
        "<i4" => ToSingles<int>(),
        "<i8" => ToSingles<long>(),
        "<f4" => ToSingles<float>(),
        _ => ToSingles<double>(),
    };

    private float[] ToSingles<T>() where T : struct, INumberBase<T>
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(Values.Span);
        float[] singles = GC.AllocateUninitializedArray<float>(values.Length);
        for (int index = 0; index < singles.Length; index++) singles[index] = float.CreateTruncating(values[index]);
        return singles;
    }

    private static (string Header, int End) ReadHeader(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith(Magic) || content.Length < Magic.Length + 4)
            throw new FormatException("it is no .npy array: it does not begin with numpy's mark.");
        int version = content[Magic.Length];
        if (version is < 1 or > 3) throw new FormatException($"it is of the .npy version {version}; read are 1 to 3.");
        int bytesOfLength = version == 1 ? 2 : 4, start = Magic.Length + 2 + bytesOfLength;
        if (content.Length < start) throw new FormatException("it ends within its header.");
        uint length = 0;
        for (int index = start - 1; index >= start - bytesOfLength; index--) length = (length << 8) | content[index];
        if (length > content.Length - start) throw new FormatException("it ends within its header.");
        return (Encoding.UTF8.GetString(content.Slice(start, (int)length)), start + (int)length);
    }

    private static string Field(Regex field, string header, string name) =>
        field.Match(header) is { Success: true } match
            ? match.Groups[1].Value
            : throw new FormatException($"its header has no plain {name}: {header.Trim()}");

    private static int[] ParseShape(string text)
    {
        var shape = new List<int>();
        foreach (string size in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            shape.Add(
                int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                    ? value
                    : throw new FormatException($"its shape ({text}) has the size '{size}'."));
        return [.. shape];
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'")]
    private static partial Regex TypeField();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex OrderField();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapeField();
}
