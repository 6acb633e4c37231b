using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>The hyperparameters of a multilayer perceptron.</summary>
internal sealed record MlpOptions
{
    public required int Width { get; init; }

    public required int Layers { get; init; }

    public required double Dropout { get; init; }

    public required double LearningRate { get; init; }

    public required double WeightDecay { get; init; }

    public required int BatchSize { get; init; }

    public required int Epochs { get; init; }

    public required FeatureOptions Features { get; init; }
}

/// <summary>
/// Trains a <see cref="TableNetwork"/> with AdamW, whose learning rate falls along a cosine, on the cross-entropy of classes or
/// the squared error of standardized numbers. On one number of threads the same seed and data give the same network.
/// </summary>
internal sealed class MlpTrainer(MlpOptions options) : ITableTrainer
{
    public FeatureOptions Features => options.Features;

    public ITablePredictor Fit(TrainingData data, CancellationToken cancellation)
    {
        TorchLibrary.EnsureLoaded();
        NativeHeap.KeepLargeBlocks();
        if (get_num_threads() != data.Threads) set_num_threads(data.Threads);
        bool isRegression = data.Target.Task is TableTask.Regression;
        var shape = new TableNetworkShape(data.Codes, data.Features.ColumnCount, options.Width, options.Layers, data.Target.Outputs);
        var network = TableNetwork.Create(shape, options.Dropout, data.Seed);
        try
        {
            using DisposeScope scope = NewDisposeScope();
            using var random = new Generator(data.Seed, CPU);
            Tensor rows = tensor(data.Features.Values, [data.Features.RowCount, data.Features.ColumnCount]);
            Tensor labels = tensor(data.Labels, [data.Labels.Length]);
            double mean = isRegression ? labels.mean().item<float>() : 0;
            double deviation = isRegression && labels.std(unbiased: false).item<float>() is > 0 and var spread ? spread : 1;
            labels = isRegression ? labels.sub(mean).div(deviation).unsqueeze(1) : labels.to_type(ScalarType.Int64);
            using var adam = new FlatAdamW(network.parameters(), options.WeightDecay);
            network.train();
            for (int epoch = 0; epoch < options.Epochs; epoch++)
            {
                // The least rate of the last epoch is still above 0.
                double rate = options.LearningRate * (1 + Math.Cos(Math.PI * epoch / options.Epochs)) / 2;
                double loss = TrainEpoch(network, adam, rate, rows, labels, isRegression, random, cancellation);
                if (!double.IsFinite(loss)) throw new TableTrainingException(FormattableString.Invariant($"The loss became {loss} in epoch {epoch + 1}."));
            }

            network.eval();
            return new MlpPredictor(network, data.Target, MlpPredictor.NewScale(mean, deviation));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    // The sum of the batches' losses.
    private double TrainEpoch(
        TableNetwork network, FlatAdamW adam, double rate, Tensor rows, Tensor labels, bool isRegression, Generator random, CancellationToken cancellation)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor order = randperm(rows.shape[0], generator: random);
        Tensor[] inputs = rows.index_select(0, order).split(options.BatchSize);
        Tensor[] wanted = labels.index_select(0, order).split(options.BatchSize);
        Tensor lossSum = zeros(1, ScalarType.Float64);
        foreach ((Tensor input, Tensor label) in inputs.Zip(wanted))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope intermediates = NewDisposeScope();
            Tensor output = network.call(input);
            Tensor loss = isRegression ? nn.functional.mse_loss(output, label) : nn.functional.cross_entropy(output, label);
            adam.ZeroGradients();
            loss.backward();
            adam.Step(rate);
            using IDisposable noGradients = no_grad();
            lossSum.add_(loss);
        }

        return lossSum.item<double>();
    }
}
