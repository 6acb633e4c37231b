using Hpo.NativeTrainer.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// The network of the course's fashion_trainer.py: two convolutions (32 and 64 filters of 3 × 3) with max-pooling, then
/// three linear layers without activations between them. Images in [0, 1] go in, of shape (n, height, width, channels) as
/// <see cref="ImageTensors"/> holds them; logits of shape (n, classes) come out. The course's are (n, 28, 28, 1) and
/// (n, 10).
/// </summary>
/// <remarks>
/// It computes in PyTorch's memory format channels_last: that is another view of the pixels as they lie, every operation
/// keeps it, and pooling, normalising and convolving are 1.5 to 10 times as fast on a CPU.
/// </remarks>
internal sealed class FashionCnn : nn.Module<Tensor, Tensor>
{
    private const int FirstFilters = 32;
    private const int SecondFilters = 64;
    private const int FirstLinear = 600;
    private const double LowestSlope = 1.0 / 8;
    private const double HighestSlope = 1.0 / 3;

    private readonly double _keep;
    private readonly Generator _random;
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d? _norm1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d? _norm2;
    private readonly Linear _linear1;
    private readonly Linear _linear2;
    private readonly Linear _linear3;

    private FashionCnn(FashionCnnOptions options, ImageFormat images, Device device, Generator random)
        : base(nameof(FashionCnn))
    {
        Options = options;
        Images = images;
        Device = device;
        _keep = 1 - options.Dropout;
        _random = random;
        _conv1 = nn.Conv2d(images.Channels, FirstFilters, 3, padding: 1);
        _norm1 = options.BatchNorm ? nn.BatchNorm2d(FirstFilters) : null;
        _conv2 = nn.Conv2d(FirstFilters, SecondFilters, 3);
        _norm2 = options.BatchNorm ? nn.BatchNorm2d(SecondFilters) : null;
        _linear1 = nn.Linear(PooledFeatures(images.Height, images.Width), FirstLinear);
        _linear2 = nn.Linear(FirstLinear, options.Features);
        _linear3 = nn.Linear(options.Features, images.ClassNames.Count);
        // Under their names in the course's script.
        register_module("conv1", _conv1);
        if (_norm1 is not null) register_module("norm1", _norm1);
        register_module("conv2", _conv2);
        if (_norm2 is not null) register_module("norm2", _norm2);
        register_module("linear1", _linear1);
        register_module("linear2", _linear2);
        register_module("linear3", _linear3);
    }

    /// <summary>The shape that it was made with.</summary>
    public FashionCnnOptions Options { get; }

    /// <summary>The images that it was made for.</summary>
    public ImageFormat Images { get; }

    /// <summary>Where it computes.</summary>
    public Device Device { get; }

    /// <summary>A network with random weights.</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="seed">Seeds the weights and all that is drawn while training; whatever else is computed at the same
    /// time, the same seed gives the same network.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="images">The images that it is for; the course's unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public static FashionCnn Create(FashionCnnOptions options, ulong seed, Device device, ImageFormat? images = null)
    {
        options.Check();
        images ??= ImageFormat.Mnist;
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(images.Height, images.Width), ImageFormat.MinSize, nameof(images));
        var generator = new Generator(seed, device);
        return WeightInitialisation.Create(seed, () => new FashionCnn(options, images, device, generator)).to(device);
    }

    /// <summary>The number of weights of the first linear layer, in which nearly all lie.</summary>
    public static long WeightCount(int height, int width) => (long)PooledFeatures(height, width) * FirstLinear;

    public override Tensor forward(Tensor input)
    {
        Tensor channelsLast = input.reshape(-1, Images.Height, Images.Width, Images.Channels).permute(0, 3, 1, 2);
        Tensor first = ActivateAndPool(Normalise(_norm1, _conv1.call(channelsLast)));
        Tensor second = ActivateAndPool(Normalise(_norm2, _conv2.call(first)));
        return _linear3.call(_linear2.call(Drop(_linear1.call(second.flatten(1)))));
    }

    // The first convolution keeps the size, the second takes a pixel off each side; each pooling halves what there is.
    private static int PooledFeatures(int height, int width) => SecondFilters * Pooled(height) * Pooled(width);

    private static int Pooled(int size) => ((size / 2) - 2) / 2;

    protected override void Dispose(bool disposing)
    {
        if (disposing) _random.Dispose();
        base.Dispose(disposing);
    }

    private static Tensor Normalise(BatchNorm2d? norm, Tensor input) => norm is null ? input : norm.call(input);

    // A maximum goes through a non-decreasing function unchanged, and pooling first leaves it a quarter of the values.
    // RReLU draws a slope for each value, so there the order matters.
    private Tensor ActivateAndPool(Tensor input) => Options.Activation == Activation.RReLU
        ? nn.functional.max_pool2d(Activate(input), 2)
        : Activate(nn.functional.max_pool2d(input, 2));

    private Tensor Activate(Tensor input) => Options.Activation switch
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
        using Tensor slopes = empty_like(input).uniform_(LowestSlope, HighestSlope, _random);
        using Tensor negative = input.clamp_max(0);
        using Tensor scaled = negative * slopes;
        return input.clamp_min(0).add_(scaled);
    }

    /// <summary>As nn.Dropout, but drawn from the network's own generator.</summary>
    internal Tensor Drop(Tensor input)
    {
        if (!training || _keep == 1) return input;
        using Tensor mask = empty_like(input).bernoulli_(_keep, _random).div_(_keep);
        return input * mask;
    }
}
