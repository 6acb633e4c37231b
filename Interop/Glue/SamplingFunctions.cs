using Hpo.Interop.Bridge;
using Hpo.Interop.Sampling;

namespace Hpo.Interop.Glue;

/// <summary>
/// The arithmetic of samplers as functions for Python: what <c>hpo_glue.sampling.kernel</c> calls. Arrays are addresses of
/// doubles without gaps, which Python keeps until the call returns.
/// </summary>
internal static unsafe class SamplingFunctions
{
    public static OrderedDictionary<string, PythonValue> Create(PythonBridge bridge) => new()
    {
        // (components, weights, [[kind, mu, sigma, …] a parameter], densities, points)
        ["log_density"] = bridge.CreateCallback(a =>
        {
            int components = checked((int)a[0].AsInteger());
            DensityFactor[] factors = Array.ConvertAll(a[2].AsList(), parameter => Factor(parameter.AsList(), components));
            try
            {
                MixtureDensity.Log(new(Address(a[1]), components), factors, new(Address(a[3]), checked((int)a[4].AsInteger())));
            }
            finally
            {
                foreach (DensityFactor factor in factors) factor.Dispose();
            }
        }),
        ["has_quantiles"] = bridge.CreateCallback(_ => LogQuantiles.AreKnown),
        // (logarithms, which are replaced; how many; whether the bisection ends with another middle)
        ["quantiles"] = bridge.CreateCallback(a =>
        {
            LogQuantiles.Find(new(Address(a[0]), checked((int)a[1].AsInteger())), a[2].AsBool());
        }),
        // (losses, points, objectives, count, a byte a point)
        ["first_fronts"] = bridge.CreateCallback(a =>
        {
            int points = checked((int)a[1].AsInteger()), objectives = checked((int)a[2].AsInteger());
            NonDomination.MarkFirstFronts(
                new(Address(a[0]), points * objectives), objectives, checked((int)a[3].AsInteger()), new((byte*)Address(a[4]), points));
        }),
    };

    private static DensityFactor Factor(PythonValue[] a, int components) => a[0].AsString() switch
    {
        "continuous" => new ContinuousFactor(
            Address(a[1]), Address(a[2]), Address(a[3]), a[4].AsFloat(), a[5].AsFloat(), a[6].AsBool(), components),
        "discrete" => new DiscreteFactor(
            Address(a[1]), Address(a[2]), Address(a[3]), Address(a[4]), a[5].AsFloat(), a[6].AsFloat(), components),
        _ => new CategoricalFactor(Address(a[1]), Address(a[2]), checked((int)a[3].AsInteger())),
    };

    private static double* Address(PythonValue value) => (double*)value.AsInteger();
}
