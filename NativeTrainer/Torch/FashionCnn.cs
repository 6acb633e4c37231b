using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// The network of the course's fashion_trainer.py: two convolutions (32 and 64 filters of 3 × 3) with max-pooling, then
/// three linear layers without activations between them. Images of shape (n, 1, 28, 28) in [0, 1] go in, logits of shape
/// (n, 10) come out.
/// </summary>
internal sealed class FashionCnn : nn.Module<Tensor, Tensor>
{
    private const int Classes = 10;
    private const int FirstLinear = 600;
    private const double LowestSlope = 1.0 / 8;
    private const double HighestSlope = 1.0 / 3;
    private const int PooledFeatures = 64 * 6 * 6;

    private readonly Activation _activation;
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d? _norm1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d? _norm2;
    private readonly Linear _linear1;
    private readonly Dropout _dropout;
    private readonly Linear _linear2;
    private readonly Linear _linear3;

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public FashionCnn(FashionCnnOptions options)
        : base(nameof(FashionCnn))
    {
        options.Check();
        _activation = options.Activation;
        _conv1 = nn.Conv2d(1, 32, 3, padding: 1);
        _norm1 = options.BatchNorm ? nn.BatchNorm2d(32) : null;
        _conv2 = nn.Conv2d(32, 64, 3);
        _norm2 = options.BatchNorm ? nn.BatchNorm2d(64) : null;
        _linear1 = nn.Linear(PooledFeatures, FirstLinear);
        _dropout = nn.Dropout(options.Dropout);
        _linear2 = nn.Linear(FirstLinear, options.Features);
        _linear3 = nn.Linear(options.Features, Classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor first = ActivateAndPool(Normalise(_norm1, _conv1.call(input)));
        Tensor second = ActivateAndPool(Normalise(_norm2, _conv2.call(first)));
        return _linear3.call(_linear2.call(_dropout.call(_linear1.call(second.flatten(1)))));
    }

    private static Tensor Normalise(BatchNorm2d? norm, Tensor input) => norm is null ? input : norm.call(input);

    // A maximum goes through a non-decreasing function unchanged, and pooling first leaves it a quarter of the values.
    // RReLU draws a slope for each value, so there the order matters.
    private Tensor ActivateAndPool(Tensor input) => _activation == Activation.RReLU
        ? nn.functional.max_pool2d(Activate(input), 2)
        : Activate(nn.functional.max_pool2d(input, 2));

    private Tensor Activate(Tensor input) => _activation switch
    {
        Activation.Tanh => input.tanh(),
        Activation.RReLU => RReLU(input),
        Activation.LeakyReLU => nn.functional.leaky_relu(input, 0.01),
        Activation.ELU => nn.functional.elu(input, 1.0),
        _ => nn.functional.relu(input),
    };

    // As in PyTorch: random slopes below 0 while training, their mean else. TorchSharp's own never trains.
    private Tensor RReLU(Tensor input)
    {
        if (!training) return nn.functional.leaky_relu(input, (LowestSlope + HighestSlope) / 2);
        using Tensor slopes = empty_like(input).uniform_(LowestSlope, HighestSlope);
        using Tensor negative = input.clamp_max(0);
        using Tensor scaled = negative * slopes;
        return input.clamp_min(0).add_(scaled);
    }
}
