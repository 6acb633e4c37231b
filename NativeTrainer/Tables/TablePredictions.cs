namespace Hpo.NativeTrainer.Tables;

/// <summary>What a model says of rows.</summary>
/// <param name="Values">Row after row: the number of a regression, else the probability of each class.</param>
/// <param name="Outputs">Values of a row.</param>
internal sealed record TablePredictions(float[] Values, int Outputs)
{
    public int Count => Values.Length / Outputs;

    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Outputs, Outputs);

    /// <summary>The most probable class of a row; of equals the first.</summary>
    public int Class(int row) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(Row(row));
}
