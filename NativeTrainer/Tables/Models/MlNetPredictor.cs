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
    private const string Positive = "hpo.positive";

    public TablePredictions Predict(FeatureMatrix features) => Read(model.Transform(new MatrixView(features, target, null)), target);

    /// <summary>The model as others use it: the predicted label is the name of a class.</summary>
    /// <param name="sample">Some features.</param>
    public ITransformer Named(FeatureMatrix sample)
    {
        var context = new MLContext();
        IDataView view = model.Transform(new MatrixView(sample, target, null));
        IEstimator<ITransformer>? naming = target.Task switch
        {
            // By way of a copy: ML.NET's converter to ONNX makes a circle of a mapping in place.
            TableTask.Binary => context.Transforms.CopyColumns(Positive, PredictedLabel).Append(context.Transforms.Conversion.MapValue(
                PredictedLabel, [KeyValuePair.Create(false, target.Classes[0]), KeyValuePair.Create(true, target.Classes[1])], Positive)),
            TableTask.Multiclass => context.Transforms.Conversion.MapKeyToValue(PredictedLabel),
            _ => null,
        };
        return naming is null ? model : new TransformerChain<ITransformer>(model, naming.Fit(view));
    }

    /// <summary>Reads the predictions out of a model's output.</summary>
    public static TablePredictions Read(IDataView scored, TableTarget target) => target.Task switch
    {
        TableTask.Regression => new TablePredictions([.. scored.GetColumn<float>("Score")], 1),
        TableTask.Binary => new TablePredictions([.. scored.GetColumn<float>("Probability").SelectMany(positive => (float[])[1 - positive, positive])], 2),
        _ => new TablePredictions([.. scored.GetColumn<float[]>("Score").SelectMany(row => row)], target.Outputs),
    };
}
