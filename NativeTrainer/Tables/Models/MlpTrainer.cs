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
            using optim.Optimizer adam = optim.AdamW(network.parameters(), options.LearningRate, weight_decay: options.WeightDecay);
            network.train();
            for (int epoch = 0; epoch < options.Epochs; epoch++)
            {
                // The least rate of the last epoch is still above 0.
                double rate = options.LearningRate * (1 + Math.Cos(Math.PI * epoch / options.Epochs)) / 2;
                foreach (optim.ILearningRateController group in adam.ParamGroups) group.LearningRate = rate;
                TrainEpoch(network, adam, rows, labels, isRegression, random, epoch, cancellation);
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

    private void TrainEpoch(
        TableNetwork network, optim.Optimizer adam, Tensor rows, Tensor labels, bool isRegression, Generator random, int epoch, CancellationToken cancellation)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor order = randperm(rows.shape[0], generator: random);
        Tensor lossSum = zeros(1, ScalarType.Float64);
        foreach (Tensor batch in order.split(options.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope intermediates = NewDisposeScope();
            Tensor output = network.call(rows.index_select(0, batch));
            Tensor wanted = labels.index_select(0, batch);
            Tensor loss = isRegression ? nn.functional.mse_loss(output, wanted) : nn.functional.cross_entropy(output, wanted);
            adam.zero_grad();
            loss.backward();
            adam.step();
            using IDisposable noGradients = no_grad();
            lossSum.add_(loss);
        }

        double sum = lossSum.item<double>();
        if (!double.IsFinite(sum)) throw new TableTrainingException(FormattableString.Invariant($"The loss became {sum} in epoch {epoch + 1}."));
    }
}
