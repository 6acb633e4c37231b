namespace Hpo.Interop.Sampling;

/// <summary>What one parameter contributes to the density of a mixture's components at some points.</summary>
internal abstract class DensityFactor : IDisposable
{
    /// <summary>How many components are looked at together.</summary>
    public const int BlockSize = 256; // their terms stay in the processor's nearest cache

    /// <summary>Writes an order of the components in which near ones are neighbours.</summary>
    /// <returns>Whether there is one.</returns>
    public virtual bool TryOrder(Span<int> order) => false;

    /// <summary>Takes the components in this order. Called once, before what is below.</summary>
    public abstract void Arrange(ReadOnlySpan<int> order);

    /// <summary>Adds what does not depend on the point: to <paramref name="terms"/>, those of the components from
    /// <paramref name="start"/> on.</summary>
    public abstract void AddCommon(int start, Span<double> terms);

    /// <summary>Adds what does, which is never above 0.</summary>
    public abstract void AddPoint(int point, int start, Span<double> terms);

    /// <summary>What <see cref="AddPoint"/> adds at most to the terms of the block that begins at <paramref name="start"/>.</summary>
    public virtual double Bound(int point, int start) => 0;

    /// <summary>Whether two points have the same value here.</summary>
    public abstract bool IsSame(int point, int other);

    /// <summary>The densities of a mixture of this parameter alone at <paramref name="points"/>, where logarithms are not needed.</summary>
    /// <returns>Whether they were computed.</returns>
    public virtual bool TryDensities(ReadOnlySpan<double> weights, ReadOnlySpan<int> points, Span<double> densities) => false;

    public virtual void Dispose()
    {
    }
}
