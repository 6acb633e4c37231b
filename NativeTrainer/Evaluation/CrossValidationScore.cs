namespace Hpo.NativeTrainer.Evaluation;

/// <summary>The accuracies of a cross-validation, each in [0, 1].</summary>
internal sealed class CrossValidationScore
{
    /// <param name="foldScores">One accuracy for each fold, at least one.</param>
    public CrossValidationScore(IReadOnlyList<double> foldScores)
    {
        ArgumentOutOfRangeException.ThrowIfZero(foldScores.Count);
        FoldScores = foldScores;
        Mean = foldScores.Average();
        Std = Math.Sqrt(foldScores.Average(score => (score - Mean) * (score - Mean)));
    }

    public IReadOnlyList<double> FoldScores { get; }

    public double Mean { get; }

    /// <summary>The standard deviation over the folds, with n and not n − 1 below the sum, as NumPy has it.</summary>
    public double Std { get; }
}
