namespace Hpo.Interop.Sampling;

/// <summary>Which points of several objectives are dominated by which others.</summary>
internal static class NonDomination
{
    /// <summary>
    /// Marks the points of the first fronts, as many fronts as are needed to have <paramref name="count"/> points. A front is
    /// what no point dominates that is in no front before it; a point dominates another one if it is nowhere larger and somewhere
    /// smaller.
    /// </summary>
    /// <param name="losses">A row of <paramref name="objectives"/> numbers a point, none of them NaN.</param>
    /// <param name="objectives">How many objectives there are.</param>
    /// <param name="count">How many points are wanted.</param>
    /// <param name="areFirst">Takes 1 for each point that is in such a front.</param>
    public static void MarkFirstFronts(ReadOnlySpan<double> losses, int objectives, int count, Span<byte> areFirst)
    {
        // In lexicographic order a point is dominated by earlier ones only.
        List<int> rest = [.. Order(losses, objectives)];
        for (int found = 0; found < count && rest.Count > 0;)
        {
            List<int> front = [], behind = [];
            foreach (int point in rest)
            {
                ReadOnlySpan<double> row = losses.Slice(point * objectives, objectives);
                (IsDominated(losses, row, front) ? behind : front).Add(point);
            }
            foreach (int point in front) areFirst[point] = 1;
            found += front.Count;
            rest = behind;
        }
    }

    private static int[] Order(ReadOnlySpan<double> losses, int objectives)
    {
        double[] values = losses.ToArray();
        int[] order = [.. Enumerable.Range(0, values.Length / objectives)];
        Array.Sort(order, (a, b) => values.AsSpan(a * objectives, objectives).SequenceCompareTo(values.AsSpan(b * objectives, objectives)));
        return order;
    }

    private static bool IsDominated(ReadOnlySpan<double> losses, ReadOnlySpan<double> row, List<int> front)
    {
        // The latest first: they are near in the order, and so most likely to dominate.
        for (int i = front.Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> other = losses.Slice(front[i] * row.Length, row.Length);
            bool isSmaller = false, isLarger = false;
            for (int k = 0; k < row.Length; k++)
            {
                isSmaller |= other[k] < row[k];
                isLarger |= other[k] > row[k];
            }
            if (isSmaller && !isLarger) return true;
        }
        return false;
    }
}
