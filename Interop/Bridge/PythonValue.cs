using System.Diagnostics.CodeAnalysis;

namespace Hpo.Interop.Bridge;

/// <summary>What a <see cref="PythonValue"/> holds.</summary>
internal enum PythonKind : byte
{
    None,
    Bool,
    Integer,
    Float,
    String,
    Bytes,
    List,
    Map,
    Handle,
}

/// <summary>
/// One value on its way between C# and Python: everything that may cross the bridge, and nothing else.
/// </summary>
[SuppressMessage("Performance", "CA1815", Justification = "Values cross once; nobody compares them.")]
internal readonly struct PythonValue
{
    private readonly long _bits;
    private readonly object? _reference;

    private PythonValue(PythonKind kind, long bits, object? reference = null) =>
        (Kind, _bits, _reference) = (kind, bits, reference);

    public static PythonValue None => default;

    public PythonKind Kind { get; }

    public bool IsNone => Kind == PythonKind.None;

    public static implicit operator PythonValue(bool value) => new(PythonKind.Bool, value ? 1 : 0);

    public static implicit operator PythonValue(int value) => new(PythonKind.Integer, value);

    public static implicit operator PythonValue(long value) => new(PythonKind.Integer, value);

    public static implicit operator PythonValue(double value) =>
        new(PythonKind.Float, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator PythonValue(string? value) =>
        value is null ? None : new(PythonKind.String, 0, value);

    public static implicit operator PythonValue(byte[] value) => new(PythonKind.Bytes, 0, value);

    public static implicit operator PythonValue(PythonValue[] value) => new(PythonKind.List, 0, value);

    public static implicit operator PythonValue(OrderedDictionary<string, PythonValue> value) =>
        new(PythonKind.Map, 0, value);

    public static implicit operator PythonValue(PythonHandle? value) =>
        value is null ? None : new(PythonKind.Handle, 0, value);

    public static PythonValue List<T>(IEnumerable<T> items, Func<T, PythonValue> convert) =>
        items.Select(convert).ToArray();

    public static PythonValue Optional(int? value) => value is { } number ? number : None;

    public static PythonValue Optional(double? value) => value is { } number ? number : None;

    public bool AsBool() => Kind == PythonKind.Bool ? _bits != 0 : throw Mismatch("a bool");

    public long AsInteger() => Kind is PythonKind.Integer or PythonKind.Bool ? _bits : throw Mismatch("an int");

    /// <summary>A float; an int is widened, as Python itself does.</summary>
    public double AsFloat() => Kind switch
    {
        PythonKind.Float => BitConverter.Int64BitsToDouble(_bits),
        PythonKind.Integer => _bits,
        _ => throw Mismatch("a float"),
    };

    public string AsString() => Kind == PythonKind.String ? (string)_reference! : throw Mismatch("a str");

    public string? AsOptionalString() => IsNone ? null : AsString();

    public byte[] AsBytes() => Kind == PythonKind.Bytes ? (byte[])_reference! : throw Mismatch("bytes");

    public PythonValue[] AsList() => Kind == PythonKind.List ? (PythonValue[])_reference! : throw Mismatch("a list");

    public OrderedDictionary<string, PythonValue> AsMap() =>
        Kind == PythonKind.Map ? (OrderedDictionary<string, PythonValue>)_reference! : throw Mismatch("a dict");

    public PythonHandle AsHandle() => Kind == PythonKind.Handle ? (PythonHandle)_reference! : throw Mismatch("an object");

    private InvalidCastException Mismatch(string expected) =>
        new($"Python answered with {Kind.ToString().ToLowerInvariant()} where {expected} was expected.");
}
