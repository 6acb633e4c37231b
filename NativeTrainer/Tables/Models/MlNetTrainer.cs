using Hpo.NativeTrainer.Tables.Features;
using Microsoft.ML;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>Trains one of ML.NET's models.</summary>
/// <param name="features">How its features are made.</param>
/// <param name="estimator">Makes the estimator for data: of <see cref="FeatureMatrix.Column"/> and <see cref="MatrixView.Label"/>.</param>
/// <param name="standardizes">Whether a regression's target is brought to mean 0 and variance 1 for it, as most trainers need it.</param>
internal sealed class MlNetTrainer(
    FeatureOptions features, Func<MLContext, TrainingData, IEstimator<ITransformer>> estimator, bool standardizes = true) : ITableTrainer
{
    public FeatureOptions Features { get; } = features;

    public ITablePredictor Fit(TrainingData data, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested(); // ML.NET's trainers cannot be told later
        var context = new MLContext((int)(data.Seed >> 33));
        (float mean, float deviation) = standardizes && data.Target.Task is TableTask.Regression ? Moments(data.Labels) : (0, 1);
        float[] labels = (mean, deviation) is (0, 1) ? data.Labels : [.. data.Labels.Select(label => (label - mean) / deviation)];
        try
        {
            ITransformer model = estimator(context, data).Fit(new MatrixView(data.Features, data.Target, labels));
            if ((mean, deviation) is not (0, 1)) model = AffineScore.After(context, model, deviation, mean);
            return new MlNetPredictor(model, data.Target);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException)
        {
            // ML.NET's words for a loss that is not finite, data without features that vary, and the like.
            throw new TableTrainingException(error.Message, error);
        }
    }

    private static (float Mean, float Deviation) Moments(float[] labels)
    {
        double mean = labels.Average(label => (double)label);
        double deviation = Math.Sqrt(labels.Average(label => (label - mean) * (label - mean)));
        return ((float)mean, deviation > 0 ? (float)deviation : 1);
    }
}
