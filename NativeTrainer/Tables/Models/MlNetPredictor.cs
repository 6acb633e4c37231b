using Hpo.NativeTrainer.Tables.Features;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>A model that ML.NET has trained.</summary>
/// <param name="model">Turns features into scores.</param>
/// <param name="target">What it predicts.</param>
internal sealed class MlNetPredictor(ITransformer model, TableTarget target) : ITablePredictor
{
    private const string PredictedLabel = "PredictedLabel";

    public TablePredictions Predict(FeatureMatrix features) => Read(model.Transform(new MatrixView(features, target, null)), target.Outputs);

    /// <summary>The model as others use it: the predicted label is the name of a class.</summary>
    /// <param name="sample">Some features.</param>
    public ITransformer Named(FeatureMatrix sample)
    {
        var context = new MLContext();
        IDataView view = model.Transform(new MatrixView(sample, target, null));
        return target.Task switch
        {
            TableTask.Binary => new TransformerChain<ITransformer>(model, context.Transforms.Conversion.MapValue(
                PredictedLabel, [KeyValuePair.Create(false, target.Classes[0]), KeyValuePair.Create(true, target.Classes[1])], PredictedLabel).Fit(view)),
            TableTask.Multiclass => new TransformerChain<ITransformer>(
                model, context.Transforms.Conversion.MapKeyToValue(PredictedLabel).Fit(view)),
            _ => model,
        };
    }

    /// <summary>Reads the predictions out of a model's output.</summary>
    public static TablePredictions Read(IDataView scored, int outputs) => outputs switch
    {
        1 => new TablePredictions([.. scored.GetColumn<float>("Score")], 1),
        2 => new TablePredictions([.. scored.GetColumn<float>("Probability").SelectMany(positive => (float[])[1 - positive, positive])], 2),
        _ => new TablePredictions([.. scored.GetColumn<float[]>("Score").SelectMany(row => row)], outputs),
    };
}
