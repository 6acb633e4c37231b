using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>The shape of a <see cref="TableNetwork"/>.</summary>
/// <param name="Codes">How many codes each of the first features has; each code has an embedding.</param>
/// <param name="Features">How many features a row has, the codes included.</param>
/// <param name="Width">Units of a hidden layer.</param>
/// <param name="Layers">Hidden layers.</param>
/// <param name="Outputs">Values of a prediction.</param>
internal sealed record TableNetworkShape(IReadOnlyList<int> Codes, int Features, int Width, int Layers, int Outputs);

/// <summary>
/// A multilayer perceptron over a table's features, with embeddings of the categories, all of one width: layers with normalisation, ReLU and
/// dropout. Rows of shape (n, features) go in; (n, outputs) come out: logits, or standardized numbers.
/// </summary>
internal sealed class TableNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Embedding? _embedding;
    private readonly Tensor? _firstCodes;
    private readonly Linear[] _layers;
    private readonly LayerNorm[] _norms;
    private readonly Linear _last;
    private readonly Generator _random;
    private readonly double _keep;

    private TableNetwork(TableNetworkShape shape, double dropout, Generator random) : base(nameof(TableNetwork))
    {
        Shape = shape;
        _random = random;
        _keep = 1 - dropout;
        int width = shape.Features - shape.Codes.Count;
        if (shape.Codes.Count > 0)
        {
            // One table for all categories, in which each has its rows: one call, whatever their number.
            int each = EmbeddingWidth(shape.Codes.Max());
            width += shape.Codes.Count * each;
            _embedding = nn.Embedding(shape.Codes.Sum(), each);
            _firstCodes = tensor([.. shape.Codes.Select((_, index) => (long)shape.Codes.Take(index).Sum())]).DetachFromDisposeScope();
            register_module("embedding", _embedding);
        }

        _layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => nn.Linear(layer == 0 ? width : shape.Width, shape.Width))];
        _norms = [.. _layers.Select(_ => nn.LayerNorm(shape.Width))];
        _last = nn.Linear(shape.Layers == 0 ? width : shape.Width, shape.Outputs);
        foreach ((int index, Linear layer) in _layers.Index()) register_module(FormattableString.Invariant($"layer{index}"), layer);
        foreach ((int index, LayerNorm norm) in _norms.Index()) register_module(FormattableString.Invariant($"norm{index}"), norm);
        register_module("last", _last);
    }

    public TableNetworkShape Shape { get; }

    /// <summary>A network with random weights.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="dropout">The share of units, in [0, 1), that is left out while training.</param>
    /// <param name="seed">Seeds the weights and all that is drawn while training.</param>
    public static TableNetwork Create(TableNetworkShape shape, double dropout, ulong seed) =>
        WeightInitialisation.Create(seed, () => new TableNetwork(shape, dropout, new Generator(seed, CPU)));

    public override Tensor forward(Tensor input)
    {
        Tensor values = input;
        if (_embedding is not null)
        {
            int codes = Shape.Codes.Count;
            values = _embedding.call(input.narrow(1, 0, codes).to_type(ScalarType.Int64).add(_firstCodes!)).flatten(1);
            if (codes < Shape.Features) values = cat([values, input.narrow(1, codes, Shape.Features - codes)], 1);
        }

        foreach ((Linear layer, LayerNorm norm) in _layers.Zip(_norms)) values = Drop(nn.functional.relu(norm.call(layer.call(values))));
        return _last.call(values);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _random.Dispose();
            _firstCodes?.Dispose();
        }

        base.Dispose(disposing);
    }

    // A rule of thumb of fastai's, bounded: all categories have the width of the one with the most codes.
    private static int EmbeddingWidth(int codes) => Math.Min(16, (int)Math.Round(1.6 * Math.Pow(codes, 0.56)));

    private Tensor Drop(Tensor input)
    {
        if (!training || _keep == 1) return input;
        using Tensor mask = empty_like(input).bernoulli_(_keep, _random).div_(_keep);
        return input * mask;
    }
}
