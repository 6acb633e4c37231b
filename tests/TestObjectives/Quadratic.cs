using Hpo.Interop;

namespace Acme;

/// <summary>The cheapest objective that there is.</summary>
[Objective("quadratic", Description = "The square of the distance to the target, to be minimised")]
public sealed class Quadratic(double target = 2) : IObjective
{
    public ObjectiveValue Evaluate(Trial trial)
    {
        double x = trial.SuggestFloat("x", -10, 10);
        return (x - target) * (x - target);
    }
}
