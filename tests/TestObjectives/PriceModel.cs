using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Hpo.Interop;

namespace Acme;

/// <summary>What a user's objective looks like; its name is its type's.</summary>
[Objective(Description = "The error of the price model, to be minimised")]
public sealed class PriceModel(
    [Description("Folds of the cross-validation"), Range(2, 20)] int folds = 5,
    [Description("How prices are rounded")] Rounding rounding = Rounding.HalfUp) : IObjective
{
    public ObjectiveValue Evaluate(Trial trial)
    {
        double rate = trial.SuggestFloat("rate", 1e-3, 1, log: true);
        int depth = trial.SuggestInt("depth", 1, 8);
        trial.SetUserAttr("rounding", rounding.ToString());
        return Math.Abs(rate * depth - 0.5) + 1.0 / folds;
    }
}

public enum Rounding
{
    HalfUp,
    ToEven,
}
