using System.Runtime.CompilerServices;

namespace Hpo.Interop.Sampling;

/// <summary>Probabilities of choices.</summary>
/// <param name="choices">The choice of each point, counted from 0.</param>
/// <param name="probabilities">A row for each component, with the probability of each choice.</param>
/// <param name="choiceCount">How many choices there are.</param>
internal sealed unsafe class CategoricalFactor(double* choices, double* probabilities, int choiceCount) : DensityFactor
{
    private readonly Dictionary<int, double[]> _logarithms = [];
    private int[] _order = [];

    public override void Arrange(ReadOnlySpan<int> order) => _order = order.ToArray();

    public override void AddCommon(int start, Span<double> terms)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddPoint(int point, int start, Span<double> terms)
    {
        int choice = (int)choices[point];
        if (!_logarithms.TryGetValue(choice, out double[]? logarithms)) logarithms = _logarithms[choice] = Logarithms(choice);
        for (int i = 0; i < terms.Length; i++) terms[i] += logarithms[start + i];
    }

    public override bool IsSame(int point, int other) => choices[point].Equals(choices[other]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryDensities(ReadOnlySpan<double> weights, ReadOnlySpan<int> points, Span<double> densities)
    {
        for (int i = 0; i < points.Length; i++)
        {
            double* column = probabilities + (long)choices[points[i]];
            for (int component = 0; component < weights.Length; component++)
                densities[i] += weights[component] * column[(long)component * choiceCount];
        }
        return true;
    }

    private double[] Logarithms(int choice)
    {
        double[] logarithms = new double[_order.Length];
        for (int i = 0; i < logarithms.Length; i++) logarithms[i] = probabilities[((long)_order[i] * choiceCount) + choice];
        Logarithm.Replace(logarithms);
        return logarithms;
    }
}
