namespace Hpo.NativeTrainer.Forest;

/// <summary>
/// Eight bytes: a split, a leaf of a single class (the usual end of a full tree, which needs no probabilities), or a
/// leaf that points to its row of probabilities.
/// </summary>
internal readonly struct TreeNode
{
    private const short MixedLeaf = -1;
    private const short PureLeaf = -2;

    private readonly int _target;
    private readonly ushort _threshold;
    private readonly short _feature;

    private TreeNode(int target, short feature, byte threshold)
    {
        _target = target;
        _feature = feature;
        _threshold = threshold;
    }

    public bool IsLeaf => _feature < 0;

    public bool IsPure => _feature == PureLeaf;

    public int Feature => _feature;

    public byte Threshold => (byte)_threshold;

    /// <summary>Index of the child for values up to the threshold; the other child is next to it.</summary>
    public int LeftChild => _target;

    public int PureLabel => _target;

    public int LeafRow => _target;

    public static TreeNode Branch(Split split, int leftChild) => new(leftChild, (short)split.Feature, split.Threshold);

    public static TreeNode Pure(int label) => new(label, PureLeaf, 0);

    public static TreeNode Mixed(int leafRow) => new(leafRow, MixedLeaf, 0);
}
