namespace Hpo.NativeTrainer.Data;

/// <summary>One round of a cross-validation: the rows to train on and those to score.</summary>
internal sealed record Fold(int[] Train, int[] Validation);

/// <summary>
/// Contiguous folds without shuffling, as scikit-learn's KFold: of n rows, the first n % k folds hold one row more.
/// </summary>
internal static class KFold
{
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more folds than rows.</exception>
    public static IReadOnlyList<Fold> Split(IReadOnlyList<int> rows, int folds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, rows.Count);

        int[] all = [.. rows];
        var result = new Fold[folds];
        int start = 0;
        for (int fold = 0; fold < folds; fold++)
        {
            int end = start + all.Length / folds + (fold < all.Length % folds ? 1 : 0);
            result[fold] = new Fold([.. all.AsSpan(0, start), .. all.AsSpan(end)], all[start..end]);
            start = end;
        }

        return result;
    }
}
