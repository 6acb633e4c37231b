namespace Hpo.ParallelLauncher.Progress;

/// <summary>What to do after one more transient error in a row.</summary>
internal enum RetryVerdict
{
    /// <summary>Retry, and report nothing: most transient errors are over at once.</summary>
    Retry,

    /// <summary>Retry, and report the error to a person. Given once in a row of failures.</summary>
    Report,

    /// <summary>Retry no more: the limit is reached.</summary>
    GiveUp,
}

/// <summary>How long a call of the database is retried after transient errors; the workers' limit is the same.</summary>
/// <param name="time">The clock.</param>
internal sealed class RetryLimit(TimeProvider time)
{
    public static readonly TimeSpan BeforeReport = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private long? _firstFailure;
    private bool _wasReported;

    /// <summary>Records a failure.</summary>
    public RetryVerdict AfterFailure()
    {
        lock (_lock)
        {
            _firstFailure ??= time.GetTimestamp();
            TimeSpan since = time.GetElapsedTime(_firstFailure.Value);
            if (since >= Longest) return RetryVerdict.GiveUp;
            if (_wasReported || since < BeforeReport) return RetryVerdict.Retry;
            _wasReported = true;
            return RetryVerdict.Report;
        }
    }

    /// <summary>Records a success.</summary>
    /// <returns>How long it had failed, if that was reported; else null.</returns>
    public TimeSpan? AfterSuccess()
    {
        lock (_lock)
        {
            TimeSpan? reported = _wasReported ? time.GetElapsedTime(_firstFailure!.Value) : null;
            _firstFailure = null;
            _wasReported = false;
            return reported;
        }
    }
}
