using Hpo.NativeTrainer.Data;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class CorruptedMnistFilesTests : IDisposable
{
    private const int PixelCount = 28 * 28;

    private readonly TemporaryFolder _folder = new();
    private readonly CorruptedMnist _source = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_instead_of_being_made()
    {
        ImageDataset training = Random(count: 12_000, seed: 1), test = Random(count: 30, seed: 2);

        Npz.WriteCorruptedMnist(_folder.Path, training, test);

        Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order()
            .Should().Equal("test.npz", "train_0.npz", "train_1.npz", "train_2.npz");
        ImageDataset read = _source.LoadTraining(_folder.Path);
        read.Pixels.Should().Equal(training.Pixels);
        read.Labels.Should().Equal(training.Labels);
        _source.LoadTest(_folder.Path).Pixels.Should().Equal(test.Pixels);
    }

    [Theory]
    [InlineData("images=images, labels=labels")]
    [InlineData("images=images.astype('float32'), targets=labels.astype('int32'), allow_pickle=False")]
    [InlineData("images=images[:, None], labels=labels.astype('uint8')")]
    [InlineData("images=(images * 255).round().astype('uint8'), labels=labels.astype(float)")]
    [InlineData("images=(images * 255).round().astype('int64'), labels=labels")]
    public async Task The_forms_that_the_course_and_numpy_users_have_are_read(string arrays)
    {
        await Save("test.npz", arrays);

        ImageDataset test = _source.LoadTest(_folder.Path);

        test.Labels.Should().Equal(0, 9, 4);
        test.Pixels.Should().Equal(Enumerable.Range(0, 3 * PixelCount).Select(pixel => pixel % 256 / 255f));
    }

    [Fact]
    public async Task Ten_files_and_more_come_in_the_order_of_their_numbers()
    {
        await Run("for n in range(11): numpy.savez(path + f'/train_{n}', images=numpy.zeros((1, 28, 28)), labels=[n % 10])");

        _source.LoadTraining(_folder.Path).Labels.Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0);
    }

    [Fact]
    public async Task An_overshooting_interpolation_is_cut_off()
    {
        await Save("test.npz", "images=images * 1.2 - .1, labels=labels");

        float[] pixels = _source.LoadTest(_folder.Path).Pixels;

        (pixels.Min(), pixels.Max()).Should().Be((0, 1));
    }

    [Fact]
    public void Images_of_another_size_are_refused() => Refused(
        Npz.Array<byte>(new byte[3 * PixelCount], 3, PixelCount),
        Labels,
        "images.npy: its shape is (3, 784), not (n, 28, 28).*");

    [Fact]
    public void An_empty_file_is_refused() => Refused(
        Npz.Array<byte>([], 0, 28, 28), Npz.Array<byte>([], 0), "images.npy: its shape is (0, 28, 28)*");

    [Fact]
    public void Labels_of_another_shape_are_refused() =>
        Refused(Images, Npz.Array<long>([1, 2, 3], 3, 1), "labels.npy: its shape is (3, 1), not (n,).*");

    [Theory]
    [InlineData(10)]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(1e300)]
    public void A_label_without_a_class_is_refused(double label) => Refused(
        Images,
        Npz.Array<double>([9, label, 0], 3),
        "labels.npy: image 1 has a label of *, not a whole number from 0 to 9.*");

    [Theory]
    [InlineData(2f)]
    [InlineData(-0.6f)]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Floating_point_pixels_of_another_scale_are_refused(float pixel) => Refused(
        WithLast(pixel), Labels, "images.npy: image 2 has a pixel of *; floating-point pixels lie in [0, 1].*");

    [Theory]
    [InlineData(256)]
    [InlineData(-1)]
    public void Integer_pixels_beyond_a_byte_are_refused(int pixel) => Refused(
        WithLast(pixel), Labels, $"images.npy: image 2 has a pixel of {pixel}, not a whole number from 0 to 255.*");

    [Fact]
    public void Another_number_of_labels_than_of_images_is_refused()
    {
        Write("test.npz", ("images", Images), ("labels", Npz.Array<long>([1, 2], 2)));

        Refused(() => _source.LoadTest(_folder.Path), "test.npz: it has 3 images and 2 labels.*");
    }

    [Fact]
    public void A_file_without_labels_is_refused_with_the_names_they_may_have()
    {
        Write("test.npz", ("images", Images));

        Refused(
            () => _source.LoadTest(_folder.Path),
            "test.npz: it has no array labels or targets, but images.npy. Take the course's .npz files*");
    }

    [Fact]
    public void A_missing_file_among_the_others_is_named()
    {
        Write("train_0.npz", ("images", Images), ("labels", Labels));
        Write("train_2.npz", ("images", Images), ("labels", Labels));

        Refused(() => _source.LoadTraining(_folder.Path), "train_1.npz: there is no such file.*");
        Refused(() => _source.LoadTest(_folder.Path), "test.npz: there is no such file.*");
    }

    [Fact]
    public void A_folder_with_neither_form_is_refused_with_the_way_out() =>
        Refused(
            () => _source.LoadTraining(_folder.File("nothing")),
            "nothing: it holds neither the course's train_0.npz*nor MNIST's four IDX files. Take*numpy.savez('train_0.npz'*");

    [Fact]
    public void A_folder_of_MNISTs_files_is_made_into_corrupted_MNIST()
    {
        File.WriteAllText(_folder.File("t10k-labels-idx1-ubyte"), "no IDX file");

        Refused(() => _source.LoadTest(_folder.Path), "t10k-labels-idx1-ubyte: it is no IDX file*scripts/setup*");
    }

    [Theory]
    [InlineData("fashion", "Fashion-MNIST")]
    [InlineData("corrupted-mnist", "corrupted MNIST")]
    [InlineData("mnist", "MNIST")]
    public void Data_sets_are_found_by_their_names(string name, string title)
    {
        ImageSources.Names.Should().Contain(name);
        ImageSources.Find(name)!.Title.Should().Be(title);
        ImageSources.Find(name)!.FolderHelp.Should().Contain("default: ");
    }

    [Fact]
    public void An_unknown_name_finds_no_data_set() => ImageSources.Find("Fashion!").Should().BeNull();

    private static NpyArray Images => Npz.Array<byte>(new byte[3 * PixelCount], 3, 28, 28);

    private static NpyArray Labels => Npz.Array<long>([0, 9, 4], 3);

    private static NpyArray WithLast<T>(T pixel) where T : struct
    {
        var pixels = new T[3 * PixelCount];
        pixels[^1] = pixel;
        return Npz.Array<T>(pixels, 3, 28, 28);
    }

    private void Refused(NpyArray images, NpyArray labels, string problem)
    {
        Write("test.npz", ("images", images), ("labels", labels));

        Refused(() => _source.LoadTest(_folder.Path), $"test.npz: its member {problem}");
    }

    private void Write(string file, params (string Name, NpyArray Array)[] arrays) =>
        Npz.Write(_folder.File(file), arrays.ToDictionary(array => array.Name, array => array.Array));

    private void Refused(Action load, string message) =>
        load.Should().Throw<DataFileException>().WithMessage(Path.Combine(_folder.Path, message));

    private Task<string> Save(string file, string arrays) => Run(
        $"""
        images = (numpy.arange(3 * 28 * 28) % 256 / 255).reshape(3, 28, 28)
        labels = numpy.array([0, 9, 4])
        numpy.savez(path + "/{file}", {arrays})
        """);

    private Task<string> Run(string script) =>
        PythonOracle.RunAsync($"import sys, numpy\npath = sys.argv[1]\n{script}", _folder.Path);

    private static ImageDataset Random(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var pixels = new float[count * PixelCount];
        foreach (ref float pixel in pixels.AsSpan()) pixel = (float)random.NextDouble();
        byte[] labels = [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(10))];
        return new ImageDataset(pixels, labels, 28, 28, Mnist.Source.ClassNames);
    }
}
