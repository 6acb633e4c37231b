namespace Hpo.ParallelLauncher.Progress;

/// <summary>What follows from one more failure of the same thing.</summary>
internal enum PatienceVerdict
{
    /// <summary>It is tried again, and nothing is said: most transient errors are over at once.</summary>
    Retry,

    /// <summary>It is tried again, and a person should know. Given once in a row of failures.</summary>
    Tell,

    /// <summary>It has failed for so long that nobody can call it transient.</summary>
    GiveUp,
}

/// <summary>How long a transient error of the database is borne. Optuna's side in the workers bears it for as long.</summary>
/// <param name="time">The clock.</param>
internal sealed class Patience(TimeProvider time)
{
    public static readonly TimeSpan BeforeTelling = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private long? _firstFailure;
    private bool _wasTold;

    /// <summary>Takes in a failure.</summary>
    public PatienceVerdict AfterFailure()
    {
        lock (_lock)
        {
            _firstFailure ??= time.GetTimestamp();
            TimeSpan since = time.GetElapsedTime(_firstFailure.Value);
            if (since >= Longest) return PatienceVerdict.GiveUp;
            if (_wasTold || since < BeforeTelling) return PatienceVerdict.Retry;
            _wasTold = true;
            return PatienceVerdict.Tell;
        }
    }

    /// <summary>Takes in a success.</summary>
    /// <returns>How long it had failed, where a person was told so; else null.</returns>
    public TimeSpan? AfterSuccess()
    {
        lock (_lock)
        {
            TimeSpan? told = _wasTold ? time.GetElapsedTime(_firstFailure!.Value) : null;
            _firstFailure = null;
            _wasTold = false;
            return told;
        }
    }
}
