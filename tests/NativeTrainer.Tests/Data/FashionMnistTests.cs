using Hpo.NativeTrainer.Data;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class FashionMnistTests : IDisposable
{
    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    private readonly TemporaryFolder _folder = new();

    // Skipped only where the data cannot be had: a system without Debian's packages.
    public FashionMnistTests() =>
        Assert.SkipUnless(Directory.Exists(DebianFolder), "Fashion-MNIST comes from Debian's package dataset-fashion-mnist");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Holds_six_thousand_images_of_each_class_to_train_on() => Check(FashionMnist.LoadTrain(), 6000);

    [Fact]
    public void Holds_a_thousand_images_of_each_class_to_test_with() => Check(FashionMnist.LoadTest(), 1000);

    [Fact]
    public void Reads_plain_files_as_well()
    {
        foreach (string name in (string[])["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"])
            File.WriteAllBytes(_folder.File(name), Plain(name));

        ImageDataset plain = FashionMnist.LoadTest(_folder.Path);

        plain.Pixels.Should().Equal(FashionMnist.LoadTest().Pixels);
    }

    [Fact]
    public void Refuses_a_file_with_other_content()
    {
        byte[] labels = Plain("t10k-labels-idx1-ubyte");
        labels[^1] ^= 1;
        File.Copy(Path.Combine(DebianFolder, "t10k-images-idx3-ubyte.gz"), _folder.File("t10k-images-idx3-ubyte.gz"));
        string changed = _folder.File("t10k-labels-idx1-ubyte");
        File.WriteAllBytes(changed, labels);

        Action load = () => FashionMnist.LoadTest(_folder.Path);

        load.Should().Throw<DataFileException>().WithMessage("*SHA-256*expected 0402a96d*").Which.Path.Should().Be(changed);
    }

    [Fact]
    public void Tells_where_it_looked_and_which_package_has_the_files()
    {
        Action load = () => FashionMnist.LoadTrain(_folder.Path);

        load.Should().Throw<DataFileException>().WithMessage($"*{_folder.Path}*dataset-fashion-mnist*HPO_DATA*");
    }

    private static void Check(ImageDataset data, int perClass)
    {
        (data.Height, data.Width).Should().Be((28, 28));
        data.Labels.GroupBy(label => label).Should().HaveCount(10).And.OnlyContain(group => group.Count() == perClass);
        data.Pixels.Should().HaveCount(data.Count * 28 * 28);
        (data.Pixels.Min(), data.Pixels.Max()).Should().Be((0, 1));
    }

    private static byte[] Plain(string name)
    {
        IdxFile file = IdxFile.Read(Path.Combine(DebianFolder, $"{name}.gz"), name.Contains("images", StringComparison.Ordinal) ? 3 : 1);
        return [.. file.Header(), .. file.Values];
    }
}
