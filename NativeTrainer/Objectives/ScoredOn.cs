namespace Hpo.NativeTrainer.Objectives;

/// <summary>What a trial of a Python workflow is scored on.</summary>
public enum ScoredOn
{
    /// <summary>Data that the search may use.</summary>
    Validation,

    /// <summary>Data that no trial saw, after training on all other: for the best trial, once.</summary>
    Test,
}
