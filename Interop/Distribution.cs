namespace Hpo.Interop;

/// <summary>The range that a parameter is drawn from.</summary>
public abstract record Distribution
{
    private protected Distribution()
    {
    }
}

/// <summary>A floating point parameter.</summary>
/// <param name="Low">The lowest value, inclusive; above 0 where <paramref name="Log"/> is set.</param>
/// <param name="High">The highest value, inclusive.</param>
/// <param name="Log">Whether it is drawn from the logarithmic domain. Default false; excludes <paramref name="Step"/>.</param>
/// <param name="Step">The distance of the grid that starts at <paramref name="Low"/>, or null for none.</param>
public sealed record FloatDistribution(double Low, double High, bool Log = false, double? Step = null) : Distribution;

/// <summary>An integer parameter.</summary>
/// <param name="Low">The lowest value, inclusive; at least 1 where <paramref name="Log"/> is set.</param>
/// <param name="High">The highest value, inclusive.</param>
/// <param name="Log">Whether it is drawn from the logarithmic domain. Default false; needs a step of 1.</param>
/// <param name="Step">The distance between values, at least 1. Default 1.</param>
public sealed record IntDistribution(long Low, long High, bool Log = false, long Step = 1) : Distribution;

/// <summary>A parameter with a list of choices.</summary>
/// <param name="Choices">The choices: null, bool, int, long, double or string.</param>
public sealed record CategoricalDistribution(IReadOnlyList<object?> Choices) : Distribution
{
    /// <summary>Equal when the choices are, in order.</summary>
    public bool Equals(CategoricalDistribution? other) => other is not null && Choices.SequenceEqual(other.Choices);

    /// <inheritdoc/>
    public override int GetHashCode() => Choices.Aggregate(17, (hash, choice) => HashCode.Combine(hash, choice));
}
