using System.Runtime.CompilerServices;

namespace Hpo.NativeTrainer.Forest;

/// <summary>A grown tree: flat nodes, the two children of a split side by side, and one row of probabilities per leaf.</summary>
internal sealed class DecisionTree
{
    private readonly TreeNode[] _nodes;
    private readonly double[] _leafProbabilities;
    private readonly int _classCount;

    /// <param name="nodes">The root first.</param>
    /// <param name="leafProbabilities">Rows of class probabilities, to which the leaves point.</param>
    /// <param name="classCount">Length of such a row.</param>
    public DecisionTree(TreeNode[] nodes, double[] leafProbabilities, int classCount)
    {
        _nodes = nodes;
        _leafProbabilities = leafProbabilities;
        _classCount = classCount;
    }

    public ReadOnlySpan<TreeNode> Nodes => _nodes;

    public int Depth => DepthBelow(0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddProbabilities(ReadOnlySpan<byte> row, Span<double> sums)
    {
        TreeNode[] nodes = _nodes;
        TreeNode node = nodes[0];
        while (!node.IsLeaf)
            node = nodes[node.LeftChild + (row[node.Feature] > node.Threshold ? 1 : 0)];

        if (node.IsPure)
        {
            sums[node.PureLabel] += 1;
            return;
        }

        ReadOnlySpan<double> probabilities = _leafProbabilities.AsSpan(node.LeafRow * _classCount, _classCount);
        for (int label = 0; label < probabilities.Length; label++)
            sums[label] += probabilities[label];
    }

    private int DepthBelow(int index)
    {
        TreeNode node = _nodes[index];
        return node.IsLeaf ? 0 : 1 + Math.Max(DepthBelow(node.LeftChild), DepthBelow(node.LeftChild + 1));
    }
}
