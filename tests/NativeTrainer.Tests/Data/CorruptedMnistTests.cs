using Hpo.NativeTrainer.Data;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Data;

/// <summary>Made from the real MNIST, which scripts/setup gets.</summary>
public sealed class CorruptedMnistTests
{
    private const int Size = 28;

    [Fact]
    public void Holds_ten_blocks_to_train_on_and_one_to_test_with()
    {
        var source = new CorruptedMnist();
        ImageDataset mnist = Mnist.Source.LoadTraining();

        ImageDataset training = source.LoadTraining(), test = source.LoadTest();

        training.Labels.Should().Equal(mnist.Labels.Take(50_000));
        test.Labels.Should().Equal(Mnist.Source.LoadTest().Labels.Take(5_000));
        foreach (ImageDataset data in (ImageDataset[])[training, test])
        {
            data.Pixels.Should().HaveCount(data.Count * Size * Size);
            data.Pixels.Min().Should().Be(0);
            data.Pixels.Max().Should().BeInRange(0.99f, 1);
        }
    }

    [Fact]
    public void A_seed_gives_one_set_and_another_seed_another()
    {
        ImageDataset mnist = Mnist.Source.LoadTest();

        ImageDataset first = CorruptedMnist.MakeTest(mnist, seed: 3);

        CorruptedMnist.MakeTest(mnist, seed: 3).Pixels.Should().Equal(first.Pixels);
        CorruptedMnist.MakeTest(mnist, seed: 4).Pixels.Should().NotEqual(first.Pixels);
    }

    [Fact]
    public void Angles_are_uniform_within_fifty_degrees()
    {
        double[] angles = [.. Enumerable.Range(0, 1000).SelectMany(seed => CorruptedMnist.Angles((ulong)seed))];

        angles.Should().HaveCount(11_000).And.OnlyHaveUniqueItems();
        angles.Should().OnlyContain(angle => angle >= -50 && angle <= 50);
        for (int tenth = 0; tenth < 10; tenth++)
            angles.Count(angle => angle >= -50 + (10 * tenth) && angle < -40 + (10 * tenth)).Should().BeInRange(950, 1250);
    }

    [Fact]
    public async Task Each_block_is_turned_by_its_angle_as_scipy_turns_it()
    {
        const ulong Seed = 11;
        const int Image = 17;
        ImageDataset mnistTraining = Mnist.Source.LoadTraining(), mnistTest = Mnist.Source.LoadTest();
        IReadOnlyList<double> angles = CorruptedMnist.Angles(Seed);

        ImageDataset training = CorruptedMnist.MakeTraining(mnistTraining, Seed);
        ImageDataset test = CorruptedMnist.MakeTest(mnistTest, Seed);

        int[] firstOfBlocks = [.. Enumerable.Range(0, CorruptedMnist.TrainingBlocks).Select(block => block * 5000), 0];
        int[] indices = [.. firstOfBlocks.Select(first => first + Image)];
        float[] turned = [.. training.Select(indices.AsSpan(..^1)).Pixels, .. test.Image(indices[^1])];
        float[] original = [.. mnistTraining.Select(indices.AsSpan(..^1)).Pixels, .. mnistTest.Image(indices[^1])];
        Check(turned, await TurnWithScipy(original, [.. angles]));
    }

    [Fact]
    public void A_quarter_turn_moves_the_pixels_counter_clockwise()
    {
        var result = new float[9];

        new ImageRotation(3, 3, degrees: 90).Apply([0, .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f], result);

        Check(result, [.2f, .5f, .8f, .1f, .4f, .7f, 0, .3f, .6f]);
    }

    // By hand: the corner's source lies √2 from the centre, (√2 − 1) outside on one axis and on the centre of the other.
    [Fact]
    public void Beyond_the_edge_lie_zeros()
    {
        var result = new float[9];

        new ImageRotation(3, 3, degrees: 45).Apply([1, 1, 1, 1, 1, 1, 1, 1, 1], result);

        Check([result[0], result[4]], [2 - MathF.Sqrt(2), 1]);
    }

    [Fact]
    public void Too_few_images_are_refused() =>
        FluentActions.Invoking(() => CorruptedMnist.MakeTraining(Mnist.Source.LoadTest(), seed: 0))
            .Should().Throw<ArgumentException>().WithMessage("50000 images are needed, there are 10000.*");

    private static void Check(float[] found, float[] expected)
    {
        found.Should().HaveSameCount(expected);
        found.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)).Should().BeLessThan(1e-5f);
    }

    private static async Task<float[]> TurnWithScipy(float[] images, double[] angles)
    {
        using var folder = new TemporaryFolder();
        Npz.Write(folder.File("original.npz"), new Dictionary<string, NpyArray>
        {
            ["images"] = Npz.Array<float>(images, angles.Length, Size, Size),
            ["angles"] = Npz.Array<double>(angles, angles.Length),
        });
        await PythonOracle.RunAsync(
            """
            import os, sys, numpy
            from scipy.ndimage import rotate
            original = numpy.load(os.path.join(sys.argv[1], "original.npz"))
            turned = [
                rotate(image.astype(float), angle, reshape=False, order=1, mode="grid-constant", cval=0)
                for image, angle in zip(original["images"], original["angles"], strict=True)
            ]
            numpy.savez(os.path.join(sys.argv[1], "turned.npz"), images=numpy.stack(turned))
            """,
            folder.Path);
        using NpzFile turned = NpzFile.Open(folder.File("turned.npz"), "Run the test again.");
        return turned.Read(array => array.ToSingles(), "images");
    }
}
