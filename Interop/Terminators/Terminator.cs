using Hpo.Interop.Glue;

namespace Hpo.Interop.Terminators;

/// <summary>
/// Decides when a study has little left to gain: when the improvement that can still be expected falls below the error of the
/// objective. Optuna's <c>Terminator</c>, since 3.2.
/// </summary>
public sealed record Terminator : OptunaComponent
{
    /// <summary>What estimates the improvement; null (the default) for Optuna's choice,
    /// <see cref="RegretBoundEvaluator"/>.</summary>
    public ImprovementEvaluator? ImprovementEvaluator { get; init; }

    /// <summary>What estimates the error; null (the default) for Optuna's choice: the variance of cross-validation
    /// scores.</summary>
    public ErrorEvaluator? ErrorEvaluator { get; init; }

    /// <summary>How many trials a study has at least before it is judged, above 0. Default 20.</summary>
    public int MinNTrials { get; init; } = 20;

    internal override string Module => "terminator";

    internal override string ClassName => "Terminator";

    /// <summary>Whether a study shall end.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks terminators.</exception>
    public bool ShouldTerminate(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        return glue.Terminators.Call("should_terminate", Build(glue), study.Handle).AsBool();
    }

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddComponent("improvement_evaluator", ImprovementEvaluator);
        arguments.AddComponent("error_evaluator", ErrorEvaluator);
        arguments.Add("min_n_trials", MinNTrials, 20);
    }
}
