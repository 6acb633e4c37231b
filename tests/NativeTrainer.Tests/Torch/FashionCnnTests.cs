using Hpo.NativeTrainer.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tests.Torch;

public sealed class FashionCnnTests
{
    public FashionCnnTests() => TorchLibrary.EnsureLoaded();

    public static TheoryData<string> Activations => [.. Enum.GetNames<Activation>()];

    [Theory]
    [InlineData(true, 1_475_338)]
    [InlineData(false, 1_475_146)]
    public void Has_the_parameters_of_the_course_s_network(bool batchNorm, long expected)
    {
        using var network = FashionCnn.Create(new FashionCnnOptions { BatchNorm = batchNorm }, 0, CPU);

        network.parameters().Sum(parameter => parameter.numel()).Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Turns_images_into_logits_and_every_parameter_gets_a_gradient(string activation)
    {
        using DisposeScope scope = NewDisposeScope();
        var network = FashionCnn.Create(
            new FashionCnnOptions { Activation = Enum.Parse<Activation>(activation), Features = 7 }, 0, CPU);

        Tensor logits = network.call(torch.rand(4, 1, 28, 28));
        nn.functional.cross_entropy(logits, torch.tensor(new long[] { 0, 3, 9, 5 })).backward();

        logits.shape.Should().Equal(4, 10);
        network.parameters().Should().OnlyContain(parameter => parameter.grad!.isfinite().all().ToBoolean());
    }

    [Fact]
    public void Rrelu_is_random_while_training_and_fixed_else()
    {
        using DisposeScope scope = NewDisposeScope();
        var network = FashionCnn.Create(
            new FashionCnnOptions { Activation = Activation.RReLU, Dropout = 0, BatchNorm = false }, 0, CPU);
        Tensor images = torch.rand(2, 1, 28, 28);

        bool differsInTraining = !network.call(images).equal(network.call(images)).all().ToBoolean();
        network.eval();
        bool differsElse = !network.call(images).equal(network.call(images)).all().ToBoolean();

        (differsInTraining, differsElse).Should().Be((true, false));
    }

    [Fact]
    public void Refuses_options_outside_their_ranges()
    {
        Invoking(new FashionCnnOptions { Features = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Features*");
        Invoking(new FashionCnnOptions { Dropout = 1 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Dropout*");
        Invoking(new FashionCnnOptions { Activation = (Activation)9 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*Activation*");
    }

    private static Action Invoking(FashionCnnOptions options) => () => FashionCnn.Create(options, 0, CPU).Dispose();
}
