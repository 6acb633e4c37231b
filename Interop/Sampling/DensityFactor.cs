namespace Hpo.Interop.Sampling;

/// <summary>What one parameter contributes to the density of a mixture's components at some points.</summary>
internal abstract unsafe class DensityFactor
{
    /// <summary>Adds what does not depend on the point: to <paramref name="terms"/>, those of the components from
    /// <paramref name="start"/> on.</summary>
    public abstract void AddCommon(int start, Span<double> terms);

    /// <summary>Adds what does.</summary>
    public abstract void AddPoint(int point, int start, Span<double> terms);

    /// <summary>Whether two points have the same value here.</summary>
    public abstract bool IsSame(int point, int other);
}
