using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;
using Hpo.Interop.Importance;

namespace Hpo.Interop;

/// <content>Which parameters matter.</content>
public sealed partial class Study
{
    /// <summary>How much each parameter matters, the most important first. Optuna's <c>get_param_importances</c>.</summary>
    /// <param name="evaluator">How it is found; null for Optuna's choice.</param>
    /// <param name="parameters">The parameters; null for those that all complete trials have.</param>
    /// <param name="target">What they matter for; null for the trial's value. A study with several objectives needs it.</param>
    /// <param name="normalize">Whether the importances sum to 1. Default true.</param>
    /// <returns>The importance of each parameter, at least 0.</returns>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks the evaluator.</exception>
    /// <exception cref="PythonCallException">Optuna refuses (<c>ValueError</c>): fewer than two trials are complete, a
    /// parameter is missing from one of them, or several objectives have no <paramref name="target"/>.</exception>
    public IReadOnlyDictionary<string, double> Importance(
        ImportanceEvaluator? evaluator = null,
        IReadOnlyList<string>? parameters = null,
        Func<FrozenTrial, double>? target = null,
        bool normalize = true)
    {
        PythonValue function = target is null
            ? PythonValue.None
            : _glue.Components.Call(
                "trial_function", _glue.Bridge.CreateCallback(trial => target(FrozenTrials.FromPython(trial[0]))));
        PythonValue importances = _glue.Importance.CallOn(
            _study,
            "param_importances",
            Components.Build(_glue, evaluator),
            parameters is null ? PythonValue.None : PythonValue.List(parameters, name => name),
            function,
            normalize);
        return Maps.Convert(importances.AsMap(), value => value.AsFloat());
    }
}
