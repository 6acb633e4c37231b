using Hpo.Interop;

namespace Acme;

/// <summary>Every kind of parameter, reports and pruning; its twin in Python is tests/python/landscape.py.</summary>
[Objective("landscape", Description = "A function of every kind of parameter, to be minimised")]
public sealed class Landscape(bool twoValues = false) : IObjective
{
    private const int Steps = 5;

    public ObjectiveValue Evaluate(Trial trial)
    {
        double x = trial.SuggestFloat("x", -10, 10);
        double rate = trial.SuggestFloat("rate", 1e-5, 1e-1, log: true);
        double share = trial.SuggestFloat("share", 0, 1, step: 0.25);
        int width = trial.SuggestInt("width", 1, 100, log: true);
        string color = trial.SuggestCategorical("color", "red", "green", "blue");
        // Only operations that IEEE 754 rounds alike everywhere: no powers, no logarithms.
        double value = (x - 2) * (x - 2) + rate * 100 + share + width * 0.125;
        if (color == "green") value += trial.SuggestFloat("only green", 0, 1);
        if (twoValues) return (value, width - x);

        for (int step = 0; step < Steps; step++)
        {
            trial.Report(value + (trial.Number % 3 - 1) * step * 4, step);
            if (trial.ShouldPrune()) throw new TrialPrunedException($"pruned at step {step}");
        }
        return value;
    }
}
