using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables;

/// <summary>
/// Parts the rows of a table: at random with each class in its share; or whole groups; or in the order of time, the later rows
/// for the test. A part depends on the rows and the seed alone.
/// </summary>
/// <param name="strata">The class of each row, or null where there are none.</param>
/// <param name="groups">The group of each row, which stays together, or null.</param>
/// <param name="order">The time of each row, or null.</param>
/// <param name="seed">The same seed parts the same rows alike.</param>
internal sealed class TableSplits(int[]? strata, int[]? groups, double[]? order, ulong seed)
{
    /// <summary>Sets rows aside.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="share">How much of them is set aside, in (0, 1).</param>
    /// <exception cref="ArgumentException">One of the parts would be empty.</exception>
    public Fold SetAside(int[] rows, double share)
    {
        int count = (int)Math.Ceiling(rows.Length * share);
        int[] aside;
        if (order is not null)
        {
            aside = InOrder(rows)[^Math.Min(count, rows.Length)..];
        }
        else if (groups is not null)
        {
            int taken = 0;
            aside = [.. Groups(rows).TakeWhile(group => (taken += group.Length) - group.Length < count).SelectMany(group => group)];
        }
        else
        {
            aside = [.. Interleaved(rows).Take(count)];
        }

        return Parted(rows, aside);
    }

    /// <summary>The rounds of a cross-validation. In order of time each is scored on the rows after those that it is trained on.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many rounds, at least 2.</param>
    /// <exception cref="ArgumentException">There are too few rows or groups.</exception>
    public IReadOnlyList<Fold> Folds(int[] rows, int count)
    {
        if (order is not null)
        {
            int[] inOrder = InOrder(rows);
            int length = inOrder.Length / (count + 1);
            if (length == 0) throw new ArgumentException($"{rows.Length} rows are too few for {count} folds in order.", nameof(count));
            return [.. Enumerable.Range(0, count).Select(fold => inOrder.Length - (count - fold) * length).Select(start =>
                new Fold(inOrder[..start], inOrder[start..(start + length)]))];
        }

        var parts = new List<int>[count];
        for (int part = 0; part < count; part++) parts[part] = [];
        if (groups is not null)
        {
            // The largest first, each to the part that has fewest rows.
            foreach (int[] group in Groups(rows).OrderByDescending(group => group.Length))
                parts.MinBy(part => part.Count)!.AddRange(group);
        }
        else
        {
            // Class after class, dealt in turn: each part has its share of each, to within one row.
            foreach ((int place, int row) in ByClass(rows).SelectMany(ofClass => ofClass).Index()) parts[place % count].Add(row);
        }

        return parts.Any(part => part.Count == 0)
            ? throw new ArgumentException($"{rows.Length} rows{(groups is null ? "" : $" in {Groups(rows).Count} groups")} are too few for {count} folds.", nameof(count))
            : [.. parts.Select(part => Parted(rows, [.. part]))];
    }

    private static Fold Parted(int[] rows, int[] aside)
    {
        HashSet<int> taken = [.. aside];
        int[] rest = [.. rows.Where(row => !taken.Contains(row))];
        return rest.Length == 0 || aside.Length == 0
            ? throw new ArgumentException($"One of two parts of {rows.Length} rows would be empty.", nameof(rows))
            : new Fold(rest, [.. aside.Order()]);
    }

    private int[] InOrder(int[] rows) => [.. rows.OrderBy(row => order![row]).ThenBy(row => row)];

    // Shuffled, and so that every stretch of it has each class in its share.
    private IEnumerable<int> Interleaved(int[] rows) => ByClass(rows)
        .SelectMany(ofClass => ofClass.Select((row, place) => (Row: row, Place: (place + 0.5) / ofClass.Length)))
        .OrderBy(row => row.Place).Select(row => row.Row);

    private List<int[]> ByClass(int[] rows)
    {
        int[] shuffled = [.. rows];
        new SeededRandom(seed).Shuffle(shuffled.AsSpan());
        return [.. shuffled.GroupBy(row => strata?[row] ?? 0).OrderBy(ofClass => ofClass.Key).Select(ofClass => ofClass.ToArray())];
    }

    private List<int[]> Groups(int[] rows)
    {
        int[][] all = [.. rows.GroupBy(row => groups![row]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        new SeededRandom(seed).Shuffle(all.AsSpan());
        return [.. all];
    }
}
