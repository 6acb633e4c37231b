namespace Hpo.Interop.Pruners;

/// <summary>
/// A pruner written in C#, alone or around one of Optuna's (<see cref="Pruner.Create"/>). A study uses it through
/// <see cref="CustomPruner"/>. Optuna's <c>BasePruner</c>.
/// </summary>
public interface IPruner
{
    /// <summary>Whether a trial shall end now. It runs with the GIL released, on several threads at a time where the study
    /// runs several jobs; an exception fails the trial and ends the run.</summary>
    /// <param name="study">The study; valid for the call.</param>
    /// <param name="trial">The trial, with what it has reported so far.</param>
    bool Prune(Study study, FrozenTrial trial);
}
