using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>A model's features, row after row.</summary>
/// <param name="Values">Rows × columns numbers.</param>
/// <param name="RowCount">Rows.</param>
/// <param name="ColumnCount">Features of a row.</param>
/// <param name="Annotations">What ML.NET knows of them: their names, and which belong to one category.</param>
internal sealed record FeatureMatrix(float[] Values, int RowCount, int ColumnCount, DataViewSchema.Annotations Annotations)
{
    /// <summary>The column that holds the features.</summary>
    public const string Column = "Features";

    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>Reads the features of data.</summary>
    public static FeatureMatrix Of(IDataView view, int rowCount)
    {
        DataViewSchema.Column column = view.Schema[Column];
        int width = ((VectorDataViewType)column.Type).Size;
        float[] values = new float[checked(rowCount * width)];
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> features = default;
        for (int row = 0; cursor.MoveNext(); row++)
        {
            getter(ref features);
            features.CopyTo(values.AsSpan(row * width, width));
        }

        return new FeatureMatrix(values, rowCount, width, column.Annotations);
    }
}
