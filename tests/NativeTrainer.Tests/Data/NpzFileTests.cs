using System.IO.Compression;
using System.Text;
using Hpo.NativeTrainer.Data;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class NpzFileTests : IDisposable
{
    private const string Remedy = "Get it again.";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Numpy_reads_what_is_written()
    {
        string path = _folder.File("written.npz");
        Npz.Write(path, new Dictionary<string, NpyArray>
        {
            ["singles"] = Npz.Array<float>([0, 0.1f, -2.5f, 3e38f, float.MinValue, 6], 1, 2, 3),
            ["doubles"] = Npz.Array<double>([Math.PI], 1),
            ["bytes"] = Npz.Array<byte>([0, 255], 2, 1),
            ["ints"] = Npz.Array<int>([int.MinValue, 7], 2),
            ["longs"] = Npz.Array<long>([long.MaxValue, -1, 0], 3),
        });

        string output = await PythonOracle.RunAsync(
            """
            import sys, numpy
            file = numpy.load(sys.argv[1], allow_pickle=False)
            for name in file.files:
                array = file[name]
                print(name, array.dtype.str, array.shape, array.ravel().tolist())
            """,
            path);

        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "singles <f4 (1, 2, 3) [0.0, 0.10000000149011612, -2.5, 3.0000000054977558e+38, -3.4028234663852886e+38, 6.0]",
            "doubles <f8 (1,) [3.141592653589793]",
            "bytes |u1 (2, 1) [0, 255]",
            "ints <i4 (2,) [-2147483648, 7]",
            "longs <i8 (3,) [9223372036854775807, -1, 0]");
    }

    [Theory]
    [InlineData("savez", "uint8")]
    [InlineData("savez", "int32")]
    [InlineData("savez", "int64")]
    [InlineData("savez", "float32")]
    [InlineData("savez_compressed", "float64")]
    public async Task What_numpy_writes_is_read(string writer, string type)
    {
        string path = _folder.File("numpy.npz");
        await Numpy($"numpy.{writer}(path, images=(numpy.arange(24) % 11).reshape(2, 3, 4).astype('{type}'), other=1)");

        using NpzFile file = NpzFile.Open(path, Remedy);
        (string shape, float[] values) = file.Read(array => (array.ShapeText, array.ToSingles()), "images");

        shape.Should().Be("(2, 3, 4)");
        values.Should().Equal(Enumerable.Range(0, 24).Select(value => (float)(value % 11)));
    }

    [Theory]
    [InlineData("numpy.zeros(3, '>f8')", "*images.npy: its numbers are of the type '>f8'; read are |u1*")]
    [InlineData("numpy.zeros(3, 'float16')", "*images.npy: its numbers are of the type '<f2'*")]
    [InlineData("numpy.array(['a'])", "*images.npy: its numbers are of the type '<U1'*")]
    [InlineData("numpy.zeros(3, [('a', 'f4')])", "*images.npy: its header has no plain type*")]
    [InlineData("numpy.asfortranarray(numpy.zeros((2, 3)))", "*images.npy: it is in Fortran's order*ascontiguousarray*")]
    [InlineData("numpy.array([None, {}], dtype=object)", "*images.npy: its numbers are of the type '|O'*")]
    public async Task Arrays_that_are_not_read_are_told_apart(string array, string message)
    {
        await Numpy($"numpy.savez(path, images={array})");

        Refused(message);
    }

    [Fact]
    public void A_missing_array_is_named_with_those_that_are_there()
    {
        Npz.Write(_folder.File("numpy.npz"), new Dictionary<string, NpyArray> { ["x"] = Npz.Array<byte>([1], 1) });

        Refused("*no array images, but x.npy. Get it again.");
    }

    [Fact]
    public void One_flipped_bit_is_found_in_stored_numbers()
    {
        byte[] content = WriteSmall();
        content[IndexOfValues(content) + 1] ^= 1;
        File.WriteAllBytes(_folder.File("numpy.npz"), content);

        Refused("*images.npy: its checksum is wrong*");
    }

    [Fact]
    public async Task Damage_is_found_in_deflated_numbers()
    {
        await Numpy("numpy.savez_compressed(path, images=numpy.random.default_rng(1).random(1000))");
        byte[] content = File.ReadAllBytes(_folder.File("numpy.npz"));
        content.AsSpan(content.Length / 2, 20).Fill(0xaa);
        File.WriteAllBytes(_folder.File("numpy.npz"), content);

        Refused("*numpy.npz: its member images.npy*");
    }

    [Fact]
    public void A_truncated_archive_is_found()
    {
        byte[] content = WriteSmall();
        File.WriteAllBytes(_folder.File("numpy.npz"), content[..^40]);

        Refused("*no .npz archive, or cut short*Get it again.");
    }

    [Theory]
    [InlineData("", "it is no .npy array: it does not begin with numpy's mark.")]
    [InlineData("not an array at all", "it is no .npy array: it does not begin with numpy's mark.")]
    [InlineData("\u0093NUMPY\u0009\0\u0010\0", "it is of the .npy version 9; read are 1 to 3.")]
    [InlineData("\u0093NUMPY\u0001\0\u00ff\u00ff{", "it ends within its header.")]
    [InlineData("\u0093NUMPY\u0002\0\u0001\0", "it ends within its header.")]
    public void A_malformed_array_is_refused_with_its_member(string content, string problem)
    {
        Write(Encoding.Latin1.GetBytes(content));

        Refused($"*numpy.npz: its member images.npy: {problem} Get it again.");
    }

    [Theory]
    [InlineData("{}", "its header has no plain type of its numbers ('descr'): {}")]
    [InlineData("{'descr':'|u1','fortran_order':False}", "its header has no plain 'shape': *")]
    [InlineData("{'descr':'|u1','shape':(1,2)}", "its header has no plain 'fortran_order': *")]
    [InlineData("{'descr':'|u1','fortran_order':False,'shape':(-1,)}", "its shape (-1,) has the size '-1'.")]
    [InlineData("{'descr':'|u1','fortran_order':False,'shape':(4,)}", "it has 3 bytes of numbers, its header asks for 4.")]
    [InlineData("{'descr':'<i4','fortran_order':False,'shape':()}", "it has 3 bytes of numbers, its header asks for 4.")]
    [InlineData(
        "{'descr':'<f8','fortran_order':False,'shape':(2147483647,2147483647,2147483647)}",
        "it has 3 bytes of numbers, its header asks for 79228162403583873202826248184.")]
    public void A_header_that_does_not_fit_is_refused(string header, string problem)
    {
        Write([.. Encoding.Latin1.GetBytes($"\u0093NUMPY\u0001\0{(char)header.Length}\0{header}"), 1, 2, 3]);

        Refused($"*numpy.npz: its member images.npy: {problem} Get it again.");
    }

    [Fact]
    public void A_missing_file_is_named() => Refused("*numpy.npz: there is no such file. Get it again.");

    private void Refused(string message)
    {
        Action read = () =>
        {
            using NpzFile file = NpzFile.Open(_folder.File("numpy.npz"), Remedy);
            file.Read(array => array.ToSingles(), "images");
        };

        read.Should().Throw<DataFileException>().WithMessage(message).Which.Path.Should().Be(_folder.File("numpy.npz"));
    }

    private byte[] WriteSmall()
    {
        string path = _folder.File("numpy.npz");
        Npz.Write(path, new Dictionary<string, NpyArray> { ["images"] = Npz.Array<byte>("values here"u8, 11) });
        return File.ReadAllBytes(path);
    }

    private void Write(byte[] member)
    {
        using ZipArchive archive = ZipFile.Open(_folder.File("numpy.npz"), ZipArchiveMode.Create);
        using Stream stream = archive.CreateEntry("images.npy").Open();
        stream.Write(member);
    }

    private static int IndexOfValues(byte[] content) => content.AsSpan().IndexOf("values here"u8);

    private Task<string> Numpy(string statement) => PythonOracle.RunAsync(
        $"import sys, numpy\npath = sys.argv[1]\n{statement}", _folder.File("numpy.npz"));
}
