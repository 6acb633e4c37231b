namespace Hpo.NativeTrainer.Forest.Numbers;

/// <summary>A node: a split, whose children lie side by side, or a leaf.</summary>
/// <param name="Feature">The feature of a split; -1 is a leaf.</param>
/// <param name="Limit">Rows whose feature is at most this go left.</param>
/// <param name="Target">The left child's number, or the place of a leaf's values.</param>
internal readonly record struct NumberNode(int Feature, float Limit, int Target);

/// <summary>A grown tree.</summary>
/// <param name="Nodes">The root first.</param>
/// <param name="Values">The leaves' values, each as many as there are outputs.</param>
internal sealed record NumberTree(NumberNode[] Nodes, float[] Values)
{
    /// <summary>Adds a row's values to sums.</summary>
    public void Add(ReadOnlySpan<float> row, Span<double> sums)
    {
        NumberNode[] nodes = Nodes;
        NumberNode node = nodes[0];
        while (node.Feature >= 0) node = nodes[node.Target + (row[node.Feature] <= node.Limit ? 0 : 1)];
        ReadOnlySpan<float> values = Values.AsSpan(node.Target, sums.Length);
        for (int output = 0; output < sums.Length; output++) sums[output] += values[output];
    }
}
