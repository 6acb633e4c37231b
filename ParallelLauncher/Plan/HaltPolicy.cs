namespace Hpo.ParallelLauncher.Plan;

/// <summary>What a worker's failure for good means to the other workers.</summary>
internal enum HaltPolicy
{
    /// <summary>The others go on, and are restarted when they fail.</summary>
    Never,

    /// <summary>The others go on, but none is restarted any more.</summary>
    Soon,

    /// <summary>The others are stopped at once.</summary>
    Now,
}
