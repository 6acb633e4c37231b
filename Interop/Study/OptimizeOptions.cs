namespace Hpo.Interop;

/// <summary>How a study runs. The names and defaults are those of Optuna's <c>Study.optimize</c>.</summary>
public sealed record OptimizeOptions
{
    /// <summary>How many trials this call runs, at least 0; null (the default) runs until the timeout, the budget, a
    /// stop or a cancellation.</summary>
    public int? NTrials { get; init; }

    /// <summary>After how long no further trial is started; null (the default) for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many trials run at a time, on threads of this process; −1 for one a core. Default 1.</summary>
    public int NJobs { get; init; } = 1;

    /// <summary>The exception types that fail their trial and let the study go on. Default none: any exception ends
    /// the run.</summary>
    public IReadOnlyList<Type> Catch { get; init; } = [];

    /// <summary>Called after each trial, on the thread that ran it.</summary>
    public IReadOnlyList<Action<Study, FrozenTrial>> Callbacks { get; init; } = [];

    /// <summary>Whether Python's garbage collector runs after each trial. Default false.</summary>
    public bool GcAfterTrial { get; init; }

    /// <summary>Whether Optuna draws its progress bar on standard error. Default false.</summary>
    public bool ShowProgressBar { get; init; }

    /// <summary>
    /// How many trials the study shall have in the end, counted over all processes that run it with this option:
    /// complete and pruned ones count (see <see cref="CountedStates"/>), and so do running ones until they fail. Exact, where Optuna's
    /// <c>MaxTrialsCallback</c> overshoots. Null (the default) for no budget.
    /// </summary>
    public int? TotalTrials { get; init; }

    /// <summary>The states of the trials that <see cref="TotalTrials"/> counts as finished. Empty (the default) for those
    /// that a launcher names, else complete and pruned.</summary>
    public IReadOnlyList<TrialState> CountedStates { get; init; } = [];

    /// <summary>The options by name, with numbers in no country's form.</summary>
    public override string ToString() => InvariantText.Of(this, PrintMembers);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(NTrials ?? 0, nameof(NTrials));
        ArgumentOutOfRangeException.ThrowIfNegative(TotalTrials ?? 0, nameof(TotalTrials));
        if (NJobs is 0 or < -1) throw new ArgumentOutOfRangeException(nameof(NJobs), NJobs, "NJobs is at least 1, or −1.");
        if (CountedStates.Any(state => !state.IsFinished()))
            throw new ArgumentException("CountedStates holds a state that is not finished.", nameof(CountedStates));
        if (Catch.FirstOrDefault(type => !typeof(Exception).IsAssignableFrom(type)) is { } wrong)
            throw new ArgumentException($"Catch holds {wrong}, which is not an exception type.", nameof(Catch));
    }
}
