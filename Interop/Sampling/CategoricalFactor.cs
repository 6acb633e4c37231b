using System.Runtime.CompilerServices;

namespace Hpo.Interop.Sampling;

/// <summary>Probabilities of choices.</summary>
/// <param name="choices">The choice of each point, counted from 0.</param>
/// <param name="probabilities">A row for each component, with the probability of each choice.</param>
/// <param name="choiceCount">How many choices there are.</param>
internal sealed unsafe class CategoricalFactor(double* choices, double* probabilities, int choiceCount) : DensityFactor
{
    public override void AddCommon(int start, Span<double> terms)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddPoint(int point, int start, Span<double> terms)
    {
        double* column = probabilities + (long)choices[point];
        for (int i = 0; i < terms.Length; i++) terms[i] += Math.Log(column[(long)(start + i) * choiceCount]);
    }

    public override bool IsSame(int point, int other) => choices[point].Equals(choices[other]);
}
