using System.Buffers.Binary;
using System.Text;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// The versions that a 64-bit little-endian ELF library asks of other libraries (its section <c>.gnu.version_r</c>), in
/// an image of the file that may be changed.
/// </summary>
internal sealed class ElfVersionNeeds
{
    private const uint DynamicSymbols = 11;
    private const uint SymbolVersions = 0x6fffffff;
    private const uint VersionNeeds = 0x6ffffffe;
    private const ushort WeakFlag = 2;
    private const int SymbolSize = 24;

    private readonly byte[] _image;
    private readonly Section _needs;
    private readonly Section _needNames;
    private readonly Section _symbols;
    private readonly Section _symbolNames;
    private readonly Section _symbolVersions;

    /// <param name="image">The whole file; <see cref="MakeWeak"/> changes it.</param>
    /// <exception cref="InvalidDataException">It is no such library.</exception>
    public ElfVersionNeeds(byte[] image)
    {
        _image = image;
        if (image.Length < 64 || !image.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        try
        {
            Section[] sections = [.. ReadSections()];
            _needs = Array.Find(sections, section => section.Type == VersionNeeds);
            _symbols = Array.Find(sections, section => section.Type == DynamicSymbols);
            _symbolVersions = Array.Find(sections, section => section.Type == SymbolVersions);
            if (_needs.Size == 0 || _symbols.Size == 0 || _symbolVersions.Size == 0)
                throw new InvalidDataException("the library has no table of versions");
            _needNames = sections[_needs.Link];
            _symbolNames = sections[_symbols.Link];
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("the ELF file is damaged", exception);
        }
    }

    /// <summary>The names of the dynamic symbols that are bound to a version.</summary>
    public IReadOnlyList<string> SymbolsOf(string version)
    {
        if (Find(version) is not { } entry) return [];
        int index = UInt16(entry + 6);
        return
        [
            .. Enumerable.Range(0, _symbols.Size / SymbolSize)
                .Where(symbol => (UInt16(_symbolVersions.Offset + (2 * symbol)) & 0x7fff) == index)
                .Select(symbol => Text(_symbolNames.Offset + Int32(_symbols.Offset + (SymbolSize * symbol)))),
        ];
    }

    /// <summary>Marks a version as weak: the loader then goes on where no library has it.</summary>
    /// <returns>False where the library does not ask for the version.</returns>
    public bool MakeWeak(string version)
    {
        if (Find(version) is not { } entry) return false;
        BinaryPrimitives.WriteUInt16LittleEndian(_image.AsSpan(entry + 4), (ushort)(UInt16(entry + 4) | WeakFlag));
        return true;
    }

    // The offset of the Elf64_Vernaux: hash (4 bytes), flags (2), index (2), name (4), next (4).
    private int? Find(string version)
    {
        for (int need = _needs.Offset; ; need += Int32(need + 12))
        {
            int entry = need + Int32(need + 8);
            for (int left = UInt16(need + 2); left > 0; left--, entry += Int32(entry + 12))
                if (Text(_needNames.Offset + Int32(entry + 8)) == version) return entry;
            if (Int32(need + 12) == 0) return null;
        }
    }

    private IEnumerable<Section> ReadSections()
    {
        int table = checked((int)BinaryPrimitives.ReadInt64LittleEndian(_image.AsSpan(40)));
        int size = UInt16(58);
        for (int header = table, left = UInt16(60); left > 0; left--, header += size)
        {
            yield return new Section(
                (uint)Int32(header + 4),
                checked((int)BinaryPrimitives.ReadInt64LittleEndian(_image.AsSpan(header + 24))),
                checked((int)BinaryPrimitives.ReadInt64LittleEndian(_image.AsSpan(header + 32))),
                Int32(header + 40));
        }
    }

    private ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_image.AsSpan(offset));

    private int Int32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_image.AsSpan(offset));

    private string Text(int offset)
    {
        ReadOnlySpan<byte> rest = _image.AsSpan(offset);
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private readonly record struct Section(uint Type, int Offset, int Size, int Link);
}
