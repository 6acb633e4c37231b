using System.IO.Compression;
using Hpo.NativeTrainer.Data;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_a_plain_file()
    {
        IdxFile file = IdxFile.Read(Write(Images), dimensions: 3);

        file.Shape.Should().Equal(2, 1, 3);
        file.Values.Should().Equal(1, 2, 3, 4, 5, 255);
    }

    [Fact]
    public void Reads_a_gzip_file_whatever_its_name()
    {
        IdxFile file = IdxFile.Read(Write(Gzip(Images)), dimensions: 3);

        file.Values.Should().Equal(1, 2, 3, 4, 5, 255);
    }

    [Theory]
    [InlineData(2, "*ends within its header*")]
    [InlineData(9, "*ends within its header*")]
    [InlineData(20, "*ends after 4 of 6 values*")]
    public void Refuses_a_truncated_file(int length, string message) => Refused(Images[..length], message);

    [Fact]
    public void Refuses_values_after_the_last_one() => Refused([.. Images, 0], "*goes on after its 6 values*");

    [Fact]
    public void Refuses_what_is_no_IDX_file() => Refused("a text file"u8.ToArray(), "*no IDX file*");

    [Fact]
    public void Refuses_values_of_another_type() => Refused([0, 0, 0x0d, 3, .. Images[4..]], "*type 0x0d*");

    [Fact]
    public void Refuses_labels_in_place_of_images() => Refused([0, 0, 8, 1, 0, 0, 0, 1, 7], "*1 dimensions, not 3*");

    [Fact]
    public void Refuses_an_empty_dimension() =>
        Refused([0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1], "*a dimension of 0*");

    [Fact]
    public void Refuses_more_values_than_memory_can_hold() =>
        Refused([0, 0, 8, 3, 127, 0, 0, 0, 127, 0, 0, 0, 127, 0, 0, 0], "*too many*");

    [Fact]
    public void Refuses_damaged_gzip_data()
    {
        byte[] damaged = Gzip(Images);
        damaged[^6] ^= 0xff; // In the checksum.

        Refused(damaged, "*gzip data is damaged*");
    }

    [Fact]
    public void Names_a_missing_file()
    {
        string path = Path.Combine(_folder.Path, "nowhere", "train-images-idx3-ubyte.gz");

        Action read = () => IdxFile.Read(path, dimensions: 3);

        read.Should().Throw<DataFileException>().WithMessage("*no such file*").Which.Path.Should().Be(path);
    }

    private void Refused(byte[] content, string message)
    {
        string path = Write(content);

        Action read = () => IdxFile.Read(path, dimensions: 3);

        read.Should().Throw<DataFileException>().WithMessage(message).Which.Path.Should().Be(path);
    }

    private string Write(byte[] content)
    {
        string path = Path.Combine(_folder.Path, "file");
        File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal)) gzip.Write(content);
        return target.ToArray();
    }
}
