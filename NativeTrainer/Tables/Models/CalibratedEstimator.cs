using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>
/// A forest of two classes whose scores become probabilities by Platt's calibration. What it predicts is the more probable class;
/// ML.NET's own calibration leaves the limit at a score of 0.
/// </summary>
internal sealed class CalibratedEstimator(MLContext context, FastForestBinaryTrainer forest) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        BinaryPredictionTransformer<FastForestBinaryModelParameters> model = forest.Fit(input);
        IDataView scored = model.Transform(input);
        ITransformer calibrator = context.BinaryClassification.Calibrators.Platt().Fit(scored);
        return new TransformerChain<ITransformer>(
            context.BinaryClassification.ChangeModelThreshold(model, Threshold(calibrator.Transform(scored))), calibrator);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        forest.Append(context.BinaryClassification.Calibrators.Platt()).GetOutputSchema(inputSchema);

    // The log odds are a line over the score; any two of its points tell where it is 0.
    private static float Threshold(IDataView calibrated)
    {
        (double Score, double LogOdds)[] points =
        [
            .. calibrated.GetColumn<float>("Score").Zip(calibrated.GetColumn<float>("Probability"))
                .Where(point => point.Second is > 1e-6f and < 1 - 1e-6f)
                .Select(point => ((double)point.First, Math.Log(point.Second / (1.0 - point.Second)))),
        ];
        if (points.Length == 0) return 0;
        (double Score, double LogOdds) low = points.MinBy(point => point.Score);
        (double Score, double LogOdds) high = points.MaxBy(point => point.Score);
        return high.LogOdds == low.LogOdds ? 0 : (float)(low.Score - low.LogOdds * (high.Score - low.Score) / (high.LogOdds - low.LogOdds));
    }
}
