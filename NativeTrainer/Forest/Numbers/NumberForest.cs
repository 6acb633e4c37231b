using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Forest.Numbers;

/// <summary>
/// A random forest (Breiman, 2001) over numbers, for numbers and for classes: the trees' means, or their mean probabilities.
/// <see cref="RandomForest"/> is its faster sibling for bytes and classes.
/// </summary>
/// <param name="Trees">The trees.</param>
/// <param name="Outputs">Values of a prediction: one number, or a probability for each class.</param>
internal sealed record NumberForest(IReadOnlyList<NumberTree> Trees, int Outputs)
{
    /// <summary>Trains a forest.</summary>
    /// <param name="values">The features, row after row.</param>
    /// <param name="columnCount">Features of a row.</param>
    /// <param name="targets">The number of each row, or the index of its class.</param>
    /// <param name="classCount">How many classes there are; 0 for numbers.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="cancellation">Observed between two trees.</param>
    public static NumberForest Fit(
        float[] values, int columnCount, float[] targets, int classCount, NumberForestOptions options, CancellationToken cancellation)
    {
        var data = BinnedNumbers.Of(values, columnCount);
        var trees = new NumberTree[options.NEstimators];
        Parallel.For(
            0,
            trees.Length,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellation },
            () => new NumberTreeGrower(data, targets, classCount, options),
            (tree, _, grower) =>
            {
                trees[tree] = grower.Grow(SeededRandom.Derive(options.Seed, (ulong)tree));
                return grower;
            },
            _ => { });
        return new NumberForest(trees, Math.Max(1, classCount));
    }

    /// <summary>The predictions of rows, row after row.</summary>
    /// <param name="values">The features, row after row.</param>
    /// <param name="columnCount">Features of a row.</param>
    public float[] Predict(float[] values, int columnCount)
    {
        int rows = values.Length / columnCount;
        double[] sums = new double[rows * Outputs];
        // Tree by tree, so that its nodes stay in the cache for all the rows.
        foreach (NumberTree tree in Trees)
            for (int row = 0; row < rows; row++) tree.Add(values.AsSpan(row * columnCount, columnCount), sums.AsSpan(row * Outputs, Outputs));
        return [.. sums.Select(sum => (float)(sum / Trees.Count))];
    }

    /// <summary>Writes the forest: the numbers of outputs and trees, then of each tree its nodes and its leaves' values, little-endian.</summary>
    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Outputs);
        writer.Write(Trees.Count);
        foreach (NumberTree tree in Trees)
        {
            writer.Write(tree.Nodes.Length);
            foreach (NumberNode node in tree.Nodes)
            {
                writer.Write(node.Feature);
                writer.Write(node.Limit);
                writer.Write(node.Target);
            }

            writer.Write(tree.Values.Length);
            foreach (float value in tree.Values) writer.Write(value);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no forest.</exception>
    public static NumberForest Load(byte[] content)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(content));
            int outputs = reader.ReadInt32();
            var trees = new NumberTree[Count(reader)];
            for (int tree = 0; tree < trees.Length; tree++)
            {
                var nodes = new NumberNode[Count(reader)];
                for (int node = 0; node < nodes.Length; node++) nodes[node] = new NumberNode(reader.ReadInt32(), reader.ReadSingle(), reader.ReadInt32());
                float[] values = new float[Count(reader)];
                for (int value = 0; value < values.Length; value++) values[value] = reader.ReadSingle();
                trees[tree] = new NumberTree(nodes, values);
            }

            return new NumberForest(trees, outputs);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("its forest ends too early.", error);
        }
    }

    private static int Count(BinaryReader reader) => reader.ReadInt32() is var count && count >= 0 && count <= reader.BaseStream.Length
        ? count
        : throw new InvalidDataException("its forest is damaged.");
}
