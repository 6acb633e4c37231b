using Hpo.NativeTrainer.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Classifiers;

/// <summary>A classifier that ML.NET trained.</summary>
internal sealed class MlNetClassifier(MLContext context, ITransformer model) : IClassifier
{
    public byte[] Predict(ByteDataset data, ReadOnlySpan<int> rows)
    {
        IDataView predictions = model.Transform(MlNetRow.View(context, data, rows));
        var labels = new byte[rows.Length];
        int row = 0;
        foreach (uint key in predictions.GetColumn<uint>("PredictedLabel"))
            labels[row++] = (byte)(key - 1);

        return labels;
    }
}
