using System.Text.Json;
using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>A trained multilayer perceptron.</summary>
/// <param name="network">The network, in evaluation mode.</param>
/// <param name="target">What it predicts.</param>
/// <param name="scale">The mean and the standard deviation of a regression's target.</param>
internal sealed class MlpPredictor(TableNetwork network, TableTarget target, Tensor scale) : ISavedPredictor, IDisposable
{
    public const string ShapeKey = "hpo_shape";
    private const string ScaleName = "target_scale";
    private const int BatchSize = 8192;

    public static Tensor NewScale(double mean, double deviation) => tensor([(float)mean, (float)deviation]).DetachFromDisposeScope();

    /// <summary>What is saved, by name.</summary>
    public static Dictionary<string, Tensor> Tensors(TableNetwork network, Tensor scale) =>
        new(network.state_dict()) { [ScaleName] = scale };

    public TablePredictions Predict(FeatureMatrix features)
    {
        using IDisposable noGradients = no_grad();
        float[] values = new float[features.RowCount * target.Outputs];
        for (int start = 0; start < features.RowCount; start += BatchSize)
        {
            using DisposeScope scope = NewDisposeScope();
            int count = Math.Min(BatchSize, features.RowCount - start);
            Tensor rows = tensor(
                features.Values.AsMemory(start * features.ColumnCount, count * features.ColumnCount).ToArray(), [count, features.ColumnCount]);
            Tensor output = network.call(rows);
            output = target.Task is TableTask.Regression ? output.mul(scale[1]).add(scale[0]) : nn.functional.softmax(output, 1);
            output.data<float>().CopyTo(values.AsSpan(start * target.Outputs));
        }

        return new TablePredictions(values, target.Outputs);
    }

    public void Save(Stream stream) => Safetensors.Write(
        stream, Tensors(network, scale), new Dictionary<string, string> { ["format"] = "pt", [ShapeKey] = JsonSerializer.Serialize(network.Shape) });

    public void Dispose()
    {
        network.Dispose();
        scale.Dispose();
    }
}
