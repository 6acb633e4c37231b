namespace Hpo.Interop;

public sealed partial class Study
{
    /// <summary>Runs trials of an objective that Python workflows can run too.</summary>
    /// <param name="objective">The objective, which gives one value for each of <see cref="Directions"/>.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <inheritdoc cref="Optimize(Func{Trial, double}, OptimizeOptions, CancellationToken)"/>
    public void Optimize(IObjective objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Run(trial => objective.Evaluate(trial).ToPython(), options, cancellationToken);
    }
}
