using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>
/// Brings a regression's score back to the target's scale, by ML.NET's own normalization, so that the model needs nothing else
/// and can become ONNX. Its normalizers learn from data: here from two points, chosen so that what they learn is the wanted line.
/// </summary>
internal static class AffineScore
{
    private const string Score = "Score";

    /// <summary>A model whose score is <paramref name="scale"/> times that of the given one, and <paramref name="offset"/>.</summary>
    public static ITransformer After(
        MLContext context, ITransformer model, float scale, float offset)
    {
        // In three steps, each of which is exact to a float's last digits: to numbers about 1, there the shift, and to the scale.
        double unit = Math.Abs(offset) + scale;
        List<ITransformer> steps =
        [
            model,
            Normalizer(context, 0, unit / scale, fixesZero: true),
            Normalizer(context, -offset / unit, 1 - offset / unit, fixesZero: false),
            Normalizer(context, 0, 1 / unit, fixesZero: true),
        ];
        return new TransformerChain<ITransformer>([.. steps]);
    }

    // Turns [low, high] into [0, 1].
    private static ITransformer Normalizer(MLContext context, double low, double high, bool fixesZero) =>
        context.Transforms.NormalizeMinMax(Score, fixZero: fixesZero)
            .Fit(context.Data.LoadFromEnumerable(new[] { new Point { Score = (float)low }, new Point { Score = (float)high } }));

    private sealed class Point
    {
        public float Score { get; set; }
    }
}
