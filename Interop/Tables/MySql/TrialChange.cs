namespace Hpo.Interop.Tables.MySql;

/// <summary>The outcome of a change to a trial.</summary>
internal enum TrialChange
{
    /// <summary>It was made.</summary>
    Done,

    /// <summary>The trial was in the requested state already, or another worker took it.</summary>
    NotNeeded,

    /// <summary>There is no such trial.</summary>
    NoTrial,

    /// <summary>The trial is finished, and stays what it is.</summary>
    IsFinished,

    /// <summary>The study has as many trials as it shall have.</summary>
    BeyondLimit,

    /// <summary>There is no such study.</summary>
    NoStudy,
}

/// <summary>A trial's change of state.</summary>
/// <param name="State">The new state.</param>
/// <param name="Values">The trial's values; null leaves them.</param>
/// <param name="Now">The time as SQL text, as the installed Optuna writes it.</param>
/// <param name="Owner">A system attribute that the trial gets with its state, or null.</param>
internal sealed record TrialTransition(TrialState State, IReadOnlyList<double>? Values, string Now, (string Key, string Json)? Owner)
{
    /// <summary>Whether the trial is finished then.</summary>
    public bool IsEnd => State.IsFinished();
}
