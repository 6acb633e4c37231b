namespace Hpo.Interop.Samplers;

/// <summary>
/// A sampler written in C#, alone or around one of Optuna's (<see cref="Sampler.Create"/>). A study uses it through
/// <see cref="CustomSampler"/>. Optuna's <c>BaseSampler</c>, with its methods and their order: before a trial begins
/// <see cref="BeforeTrial"/>, <see cref="InferRelativeSearchSpace"/> and <see cref="SampleRelative"/>; then
/// <see cref="SampleIndependent"/> for each parameter that the objective asks for and that was not sampled yet; at last
/// <see cref="AfterTrial"/>.
/// </summary>
/// <remarks>The study and the trial are valid for the call. Methods run with the GIL released, on several threads at a time
/// where the study runs several jobs. An exception fails the trial and ends the run, as one of the objective does.</remarks>
public interface ISampler
{
    /// <summary>Chooses the value of one parameter.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trial">The trial so far.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="distribution">Its range.</param>
    /// <returns>A number within the range, or one of the choices.</returns>
    object? SampleIndependent(Study study, FrozenTrial trial, string name, Distribution distribution);

    /// <summary>The parameters that <see cref="SampleRelative"/> will choose together. Default none.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trial">The trial, which has no parameters yet.</param>
    IReadOnlyDictionary<string, Distribution> InferRelativeSearchSpace(Study study, FrozenTrial trial) =>
        new Dictionary<string, Distribution>();

    /// <summary>Chooses the values of parameters together. Default none.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trial">The trial, which has no parameters yet.</param>
    /// <param name="searchSpace">What <see cref="InferRelativeSearchSpace"/> gave.</param>
    /// <returns>Values for some or all of these parameters.</returns>
    IReadOnlyDictionary<string, object?> SampleRelative(
        Study study, FrozenTrial trial, IReadOnlyDictionary<string, Distribution> searchSpace) =>
        new Dictionary<string, object?>();

    /// <summary>Called before a trial begins. Default nothing.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trial">The trial, which has no parameters yet.</param>
    void BeforeTrial(Study study, FrozenTrial trial)
    {
    }

    /// <summary>Called when a trial ends, before that is stored. Default nothing.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trial">The trial, whose own state is RUNNING still.</param>
    /// <param name="state">The state that it ends in.</param>
    /// <param name="values">Its values, or null where it has none.</param>
    void AfterTrial(Study study, FrozenTrial trial, TrialState state, IReadOnlyList<double>? values)
    {
    }

    /// <summary>Called in parallel runs, so that several jobs do not draw the same numbers. Default nothing.</summary>
    void ReseedRng()
    {
    }
}
