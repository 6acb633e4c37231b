namespace Hpo.Interop;

/// <summary>
/// Thrown by an objective to end its trial as PRUNED, after <see cref="Trial.ShouldPrune"/> said so. The last reported
/// value becomes the trial's value. Optuna's <c>TrialPruned</c>.
/// </summary>
public sealed class TrialPrunedException : OptunaException
{
    /// <summary>Prunes the trial without a reason.</summary>
    public TrialPrunedException()
        : base("The trial was pruned.")
    {
    }

    /// <summary>Prunes the trial with a reason, which Optuna logs.</summary>
    public TrialPrunedException(string message)
        : base(message)
    {
    }

    /// <summary>Prunes the trial with a reason and its cause.</summary>
    public TrialPrunedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
