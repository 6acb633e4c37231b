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

    [Theory]
    [MemberData(nameof(Activations))]
    public void Computes_what_the_course_s_layers_compute_in_their_order(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        var activation = Enum.Parse<Activation>(name);
        FashionCnn network = FashionCnn.Create(new FashionCnnOptions { Activation = activation, Dropout = 0 }, 4, CPU);
        // RReLU is random while training, so that it can be held against the layers afterwards only.
        if (activation == Activation.RReLU) network.eval();
        // In double precision the order of sums is not felt.
        network.to(ScalarType.Float64);
        Tensor images = torch.rand(20, 1, 28, 28, ScalarType.Float64);

        Tensor logits = network.call(images);

        Tensor expected = InOrder(network, images);
        logits.allclose(expected, rtol: 1e-9, atol: 1e-12).Should().BeTrue();
        nn.functional.cross_entropy(logits, torch.arange(20) % 10).backward();
        double[][] gradients = [.. network.parameters().Select(parameter => parameter.grad!.data<double>().ToArray())];
        network.zero_grad();
        nn.functional.cross_entropy(expected, torch.arange(20) % 10).backward();
        foreach ((double[] gradient, Tensor of) in gradients.Zip(network.parameters().Select(parameter => parameter.grad!)))
            torch.tensor(gradient).reshape(of.shape).allclose(of, rtol: 1e-7, atol: 1e-12).Should().BeTrue();
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.6)]
    public void Dropout_drops_its_share_while_training_and_keeps_the_mean(double share)
    {
        using DisposeScope scope = NewDisposeScope();
        FashionCnn network = FashionCnn.Create(new FashionCnnOptions { Dropout = share }, 4, CPU);
        Tensor ones = torch.ones(1000, 600);

        Tensor dropped = network.Drop(ones);

        ((double)dropped.eq(0).sum().item<long>() / dropped.numel()).Should().BeApproximately(share, 0.005);
        dropped.mean().item<float>().Should().BeApproximately(1, 0.01f);
        network.eval();
        network.Drop(ones).equal(ones).all().ToBoolean().Should().BeTrue();
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

    // Straight from the course's description, layer by layer, in PyTorch's default memory format.
    private static Tensor InOrder(FashionCnn network, Tensor images)
    {
        Dictionary<string, Tensor> weights = network.state_dict();
        Tensor Layer(Tensor input, int number, int padding)
        {
            Tensor convolved = nn.functional.conv2d(
                input, weights[$"conv{number}.weight"], weights[$"conv{number}.bias"], padding: [padding, padding]);
            Tensor normalised = network.training
                ? nn.functional.batch_norm(
                    convolved, torch.zeros(convolved.shape[1], convolved.dtype), torch.ones(convolved.shape[1], convolved.dtype),
                    weights[$"norm{number}.weight"], weights[$"norm{number}.bias"], training: true)
                : nn.functional.batch_norm(
                    convolved, weights[$"norm{number}.running_mean"], weights[$"norm{number}.running_var"],
                    weights[$"norm{number}.weight"], weights[$"norm{number}.bias"]);
            Tensor activated = network.Options.Activation switch
            {
                Activation.Tanh => normalised.tanh(),
                Activation.RReLU => nn.functional.leaky_relu(normalised, 11.0 / 48),
                Activation.LeakyReLU => nn.functional.leaky_relu(normalised, 0.01),
                Activation.ELU => nn.functional.elu(normalised, 1.0),
                _ => nn.functional.relu(normalised),
            };
            return nn.functional.max_pool2d(activated, 2);
        }
        Tensor flat = Layer(Layer(images, 1, padding: 1), 2, padding: 0).flatten(1);
        foreach (string linear in (string[])["linear1", "linear2", "linear3"])
            flat = nn.functional.linear(flat, weights[$"{linear}.weight"], weights[$"{linear}.bias"]);
        return flat;
    }
}
