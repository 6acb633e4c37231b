using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Forest;

/// <summary>Data sets without meaning, for tests of what holds for all data.</summary>
internal static class RandomData
{
    public static ByteDataset Create(ulong seed, int rowCount, int featureCount, int classCount, int valueCount)
    {
        var random = new SeededRandom(seed);
        var rows = new byte[rowCount * featureCount];
        var labels = new byte[rowCount];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (byte)random.Next(valueCount);
        for (int i = 0; i < labels.Length; i++)
            labels[i] = (byte)random.Next(classCount);

        return new ByteDataset(rows, labels, featureCount, classCount);
    }

    public static int[] AllRows(ByteDataset data) => [.. Enumerable.Range(0, data.RowCount)];
}
