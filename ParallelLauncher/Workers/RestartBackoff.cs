namespace Hpo.ParallelLauncher.Workers;

/// <summary>How long to wait before a restart: doubled each time, with jitter so that workers do not restart in step.</summary>
/// <param name="First">The wait before the first restart. Default 1 s.</param>
/// <param name="Longest">The longest wait. Default 30 s.</param>
internal sealed record RestartBackoff(TimeSpan First, TimeSpan Longest)
{
    public static readonly RestartBackoff Default = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>The wait before a restart: between half of the doubled time and the whole.</summary>
    /// <param name="restart">The number of the restart, from 1.</param>
    /// <param name="random">The source of the jitter.</param>
    public TimeSpan Delay(int restart, Random random)
    {
        double full = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, restart - 1));
        return TimeSpan.FromSeconds(full * (0.5 + random.NextDouble() / 2));
    }
}
