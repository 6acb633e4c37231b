namespace Hpo.NativeTrainer.Commands;

/// <summary>The cores that this process may use.</summary>
internal static class ProcessorShare
{
    /// <summary>Those that a launcher (or the user) left to it in OMP_NUM_THREADS, else all.</summary>
    public static int Cores =>
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out int threads) && threads >= 1
            ? Math.Min(threads, Environment.ProcessorCount)
            : Environment.ProcessorCount;
}
