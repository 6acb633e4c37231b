using Hpo.Interop.Glue;

namespace Hpo.Interop.Terminators;

/// <summary>What estimates the error of an objective's values.</summary>
public abstract record ErrorEvaluator : OptunaComponent
{
    private protected ErrorEvaluator()
    {
    }

    internal override string Module => "terminator";
}

/// <summary>The variance of the cross-validation scores that the best trial reported
/// (<see cref="TrialTerminationExtensions.ReportCrossValidationScores"/>). Optuna's <c>CrossValidationErrorEvaluator</c>,
/// since 3.2.</summary>
public sealed record CrossValidationErrorEvaluator : ErrorEvaluator
{
    internal override string ClassName => "CrossValidationErrorEvaluator";
}

/// <summary>A fixed error. Optuna's <c>StaticErrorEvaluator</c>, since 3.2.</summary>
/// <param name="Constant">The error.</param>
public sealed record StaticErrorEvaluator(double Constant) : ErrorEvaluator
{
    internal override string ClassName => "StaticErrorEvaluator";

    internal override void Describe(ComponentArguments arguments) => arguments.AddRequired("constant", Constant);
}

/// <summary>A part of the median improvement over the first trials. Optuna's <c>MedianErrorEvaluator</c>, since 4.0.</summary>
/// <param name="PairedImprovementEvaluator">The terminator's own improvement evaluator.</param>
public sealed record MedianErrorEvaluator(ImprovementEvaluator PairedImprovementEvaluator) : ErrorEvaluator
{
    /// <summary>How many trials are left out at the beginning, at least 0. Default 10.</summary>
    public int WarmUpTrials { get; init; } = 10;

    /// <summary>How many trials after these count, above 0. Default 20.</summary>
    public int NInitialTrials { get; init; } = 20;

    /// <summary>The part of the median improvement, above 0. Default 0.01.</summary>
    public double ThresholdRatio { get; init; } = 0.01;

    internal override string ClassName => "MedianErrorEvaluator";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddComponent("paired_improvement_evaluator", PairedImprovementEvaluator, isRequired: true);
        arguments.Add("warm_up_trials", WarmUpTrials, 10);
        arguments.Add("n_initial_trials", NInitialTrials, 20);
        arguments.Add("threshold_ratio", ThresholdRatio, 0.01);
    }
}
