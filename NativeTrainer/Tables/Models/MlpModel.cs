using System.Text.Json;
using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Tables.Space;
using Hpo.NativeTrainer.Torch;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>A multilayer perceptron with embeddings of the categories, by TorchSharp.</summary>
internal sealed class MlpModel : ILoadsPredictors
{
    public string Name => "mlp";

    public string EntryName => "hpo/mlp.safetensors";

    public bool Supports(TableTarget target) => true;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts)
    {
        // Small networks take steps that hardly depend on the size of a batch: of many rows the batches are larger, not more.
        int batch = facts.RowCount switch { < 2_000 => 16, < 20_000 => 64, _ => 256 };
        return new MlpTrainer(new MlpOptions
        {
            Width = space.Int("mlp_width", 16, 256, 128, log: true),
            Layers = space.Int("mlp_layers", 1, 3, 2),
            Dropout = space.Float("mlp_dropout", 0, 0.5, 0.1),
            LearningRate = space.Float("mlp_learning_rate", 1e-4, 1e-1, 3e-3, log: true),
            WeightDecay = space.Float("mlp_weight_decay", 1e-6, 1, 1e-3, log: true),
            BatchSize = space.Int("mlp_batch_size", batch, 16 * batch, 4 * batch, log: true),
            Epochs = space.Int("mlp_epochs", 10, 60, 30, log: true),
            Features = FeatureSpace.OfEmbeddings(space, Name, facts),
        });
    }

    public ITablePredictor Load(byte[] content, TableTarget target)
    {
        TorchLibrary.EnsureLoaded();
        string shape = Safetensors.ReadMetadata(content).GetValueOrDefault(MlpPredictor.ShapeKey) ?? throw new InvalidDataException("it has no network's shape.");
        var network = TableNetwork.Create(JsonSerializer.Deserialize<TableNetworkShape>(shape)!, dropout: 0, seed: 0);
        var scale = MlpPredictor.NewScale(0, 1);
        Safetensors.CopyTo(content, MlpPredictor.Tensors(network, scale));
        network.eval();
        return new MlpPredictor(network, target, scale);
    }
}
