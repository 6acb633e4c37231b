using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>Features, and the label of each row where it is known, for ML.NET's trainers.</summary>
internal sealed class MatrixView : IDataView
{
    public const string Label = "Label";
    private const string KeyValues = "KeyValues";

    private readonly FeatureMatrix _features;
    private readonly float[]? _labels;
    private readonly TableTask _task;

    /// <param name="features">The features.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="labels">The target's values of the rows, or null.</param>
    public MatrixView(FeatureMatrix features, TableTarget target, float[]? labels)
    {
        _features = features;
        _labels = labels;
        _task = target.Task;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(FeatureMatrix.Column, new VectorDataViewType(NumberDataViewType.Single, features.ColumnCount), features.Annotations);
        if (labels is not null) AddLabel(schema, target);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _features.RowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new ArrayCursor(Schema, columnsNeeded, _features.RowCount, Getter);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private static void AddLabel(DataViewSchema.Builder schema, TableTarget target)
    {
        switch (target.Task)
        {
            case TableTask.Regression:
                schema.AddColumn(Label, NumberDataViewType.Single);
                break;
            case TableTask.Binary:
                schema.AddColumn(Label, BooleanDataViewType.Instance);
                break;
            default:
                // The names reach the predicted label through the trainer.
                var names = new DataViewSchema.Annotations.Builder();
                names.Add(KeyValues, new VectorDataViewType(TextDataViewType.Instance, target.Classes.Count), (ref VBuffer<ReadOnlyMemory<char>> values) =>
                    values = new VBuffer<ReadOnlyMemory<char>>(target.Classes.Count, [.. target.Classes.Select(name => name.AsMemory())]));
                schema.AddColumn(Label, new KeyDataViewType(typeof(uint), target.Classes.Count), names.ToAnnotations());
                break;
        }
    }

    private Delegate Getter(int column, ArrayCursor cursor)
    {
        if (column == 0)
        {
            FeatureMatrix features = _features;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, features.ColumnCount);
                features.Row((int)cursor.Position).CopyTo(editor.Values);
                value = editor.Commit();
            });
        }

        float[] labels = _labels!;
        return _task switch
        {
            TableTask.Regression => (ValueGetter<float>)((ref float value) => value = labels[cursor.Position]),
            TableTask.Binary => (ValueGetter<bool>)((ref bool value) => value = labels[cursor.Position] > 0),
            _ => (ValueGetter<uint>)((ref uint value) => value = (uint)labels[cursor.Position] + 1), // 0 is a missing key
        };
    }
}
