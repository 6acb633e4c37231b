using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// AdamW over all parameters of a network as one vector. TorchSharp's own makes a dozen calls for each parameter, which is most of
/// a step where the network and its batches are small; this one makes eight for all of them.
/// </summary>
internal sealed class FlatAdamW : IDisposable
{
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double Epsilon = 1e-8;

    private readonly double _weightDecay;
    private readonly Tensor _values;
    private readonly Tensor _gradients;
    private readonly Tensor _mean;
    private readonly Tensor _square;
    private int _step;

    /// <summary>Takes parameters over: they become views of one vector, their gradients of another.</summary>
    /// <param name="parameters">The parameters, of one type of number.</param>
    /// <param name="weightDecay">The share of a parameter, times the learning rate, that each step takes away.</param>
    public FlatAdamW(IEnumerable<Parameter> parameters, double weightDecay)
    {
        Parameter[] all = [.. parameters];
        _weightDecay = weightDecay;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        _values = nn.utils.parameters_to_vector(all).DetachFromDisposeScope();
        _gradients = zeros_like(_values).DetachFromDisposeScope();
        _mean = zeros_like(_values).DetachFromDisposeScope();
        _square = zeros_like(_values).DetachFromDisposeScope();
        nn.utils.vector_to_parameters(_values, all);
        long start = 0;
        foreach (Parameter parameter in all)
        {
            // Backward adds to a gradient that is there.
            parameter.grad = _gradients.narrow(0, start, parameter.numel()).view(parameter.shape);
            start += parameter.numel();
        }
    }

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGradients() => _gradients.zero_();

    /// <summary>Moves the parameters along their gradients.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    public void Step(double learningRate)
    {
        _step++;
        using IDisposable noGradients = no_grad();
        _mean.lerp_(_gradients, 1 - MeanDecay);
        _square.mul_(SquareDecay).addcmul_(_gradients, _gradients, 1 - SquareDecay);
        using Tensor scale = _square.sqrt();
        scale.div_(Math.Sqrt(1 - Math.Pow(SquareDecay, _step))).add_(Epsilon);
        _values.mul_(1 - learningRate * _weightDecay).addcdiv_(_mean, scale, -learningRate / (1 - Math.Pow(MeanDecay, _step)));
    }

    /// <summary>Ends the hold on the vectors; the parameters keep their values.</summary>
    public void Dispose()
    {
        _values.Dispose();
        _gradients.Dispose();
        _mean.Dispose();
        _square.Dispose();
    }
}
