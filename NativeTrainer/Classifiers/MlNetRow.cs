using Hpo.NativeTrainer.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Classifiers;

/// <summary>
/// A row in the shape that ML.NET wants. A key is given counting from 0, but read back counting from 1: there 0 is a
/// missing key.
/// </summary>
internal sealed class MlNetRow
{
    public float[] Features { get; set; } = [];

    public uint Label { get; set; }

    public static IDataView View(MLContext context, ByteDataset data, ReadOnlySpan<int> rows)
    {
        data.CheckRows(rows);
        var view = new MlNetRow[rows.Length];
        for (int i = 0; i < view.Length; i++)
        {
            var features = new float[data.FeatureCount];
            ReadOnlySpan<byte> values = data.Row(rows[i]);
            for (int feature = 0; feature < features.Length; feature++)
                features[feature] = values[feature];
            view[i] = new MlNetRow { Features = features, Label = data.Labels[rows[i]] };
        }

        var schema = SchemaDefinition.Create(typeof(MlNetRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, data.FeatureCount);
        schema[nameof(Label)].ColumnType = new KeyDataViewType(typeof(uint), (ulong)data.ClassCount);
        return context.Data.LoadFromEnumerable(view, schema);
    }
}
