using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>
/// A trial that suggests given values, to run an objective without a study: in a test, or once more with the best
/// parameters. Optuna's <c>FixedTrial</c>: a value out of range or a missing parameter is an error, and it is never
/// pruned.
/// </summary>
public sealed class FixedTrial : Trial
{
    /// <summary>Makes a trial with these parameters.</summary>
    /// <param name="parameters">The parameters by name: bool, int, long, double, string or null.</param>
    /// <param name="number">The trial's number. Default 0.</param>
    /// <exception cref="PythonStartException">Python or Optuna cannot be used.</exception>
    public FixedTrial(IEnumerable<KeyValuePair<string, object?>> parameters, int number = 0)
        : this(OptunaRuntime.Current.Glue, parameters, number)
    {
    }

    /// <summary>Makes a trial with the parameters and the number of a finished one.</summary>
    /// <param name="trial">The finished trial, e.g. a study's best.</param>
    /// <exception cref="PythonStartException">Python or Optuna cannot be used.</exception>
    public FixedTrial(FrozenTrial trial)
        : this((trial ?? throw new ArgumentNullException(nameof(trial))).Params, trial.Number)
    {
    }

    private FixedTrial(GlueLibrary glue, IEnumerable<KeyValuePair<string, object?>> parameters, int number)
        : base(glue, glue.Trials.Call("fixed_trial", Objects.ToPython(parameters), number).AsHandle(), number)
    {
    }
}
