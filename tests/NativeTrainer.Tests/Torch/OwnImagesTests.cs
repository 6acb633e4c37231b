using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Data.ImageFolders;
using Hpo.NativeTrainer.Torch;
using Hpo.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tests.Torch;

/// <summary>The network on images of other sizes, colours and classes than the course's.</summary>
public sealed class OwnImagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OwnImagesTests() => TorchLibrary.EnsureLoaded();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shapes_and_colours_are_learnt_in_a_few_epochs()
    {
        _folder.WriteColours("colours/", each: 60, seed: 1);
        Accuracy(_folder.File("colours")).Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void Grey_shapes_are_learnt_in_a_few_epochs()
    {
        _folder.WriteBars(each: 100);
        Accuracy(_folder.Path).Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_network()
    {
        _folder.WriteColours("", each: 20, seed: 1);

        float[] first = Weights();

        Weights().Should().Equal(first);
    }

    [Theory]
    [InlineData(1, 8, 8)]
    [InlineData(3, 8, 31)]
    [InlineData(3, 33, 64)]
    public void Images_of_any_size_and_colour_give_a_logit_for_each_class(int channels, int height, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        var format = new ImageFormat(channels, height, width, ["a", "b", "c"]);
        var network = FashionCnn.Create(new FashionCnnOptions(), 0, CPU, format);

        network.call(rand(5, height, width, channels)).shape.Should().Equal(5, 3);
        network.Images.Should().Be(format);
    }

    [Fact]
    public void Images_of_nothing_after_pooling_are_refused() => FluentActions
        .Invoking(() => FashionCnn.Create(new FashionCnnOptions(), 0, CPU, new ImageFormat(1, 7, 28, ["a", "b"])))
        .Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void A_model_file_knows_its_images()
    {
        using DisposeScope scope = NewDisposeScope();
        string file = _folder.File("model.safetensors");
        var format = new ImageFormat(3, 9, 20, ["eins", "zwei ☀"]);
        var description = new ModelDescription("images", new FashionCnnOptions(), new TrainingOptions(), 0.5)
        {
            Images = format,
            DataOptions = new Dictionary<string, string> { ["fit"] = "pad" },
        };
        FashionCnn saved = FashionCnn.Create(new FashionCnnOptions(), 0, CPU, format);
        saved.eval();
        ModelFile.Save(file, saved, description);
        Tensor images = rand(4, 9, 20, 3);

        (FashionCnn loaded, ModelDescription read) = ModelFile.Load(file);

        read.Images.Should().Be(format);
        read.DataOptions.Should().Equal(description.DataOptions);
        loaded.call(images).equal(saved.call(images)).all().ToBoolean().Should().BeTrue();
    }

    private static double Accuracy(string folder)
    {
        var source = new FolderImages(new FolderOptions());
        ImageDataset data = source.LoadTraining(folder);
        using var training = ImageTensors.From(data, CPU);
        using var test = ImageTensors.From(source.LoadTest(folder, data.Format), CPU);
        using FashionCnn network = new CnnTrainer(new TrainingOptions { Epochs = 3, BatchSize = 10 }, CPU, TimeProvider.System)
            .Train(new FashionCnnOptions(), training, null, _ => true);
        return Evaluator.Evaluate(network, test).Accuracy;
    }

    private float[] Weights()
    {
        using var training = ImageTensors.From(new FolderImages(new FolderOptions()).LoadTraining(_folder.Path), CPU);
        using FashionCnn network = new CnnTrainer(new TrainingOptions { Epochs = 2, BatchSize = 10 }, CPU, TimeProvider.System)
            .Train(new FashionCnnOptions { Activation = Activation.RReLU }, training, null, _ => true);
        using Tensor weights = network.state_dict()["linear3.weight"].clone();
        return weights.data<float>().ToArray();
    }
}
