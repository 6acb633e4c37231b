namespace Hpo.Interop.Terminators;

/// <summary>What could still be gained after a trial.</summary>
/// <param name="Number">The trial's number.</param>
/// <param name="Improvement">How much better the best value may still become, in the unit of the objective's values; for
/// <see cref="BestValueStagnationEvaluator"/> how many trials without a better value are left.</param>
/// <param name="Error">The error of the values, likewise; null where it was not asked for. Optuna's terminator stops where it is greater.</param>
public sealed record TerminatorImprovement(int Number, double Improvement, double? Error)
{
    /// <summary>Its facts by name, with numbers in no country's form.</summary>
    public override string ToString() => InvariantText.Of(this, PrintMembers);
}
