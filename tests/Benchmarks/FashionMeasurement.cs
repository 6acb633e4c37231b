namespace Hpo.Benchmarks;

/// <summary>The process of one side: the network's training steps and its recognising of images, apart.</summary>
/// <param name="Torch">The version of torch, as it names itself.</param>
/// <param name="Threads">The number of threads that it computed with.</param>
/// <param name="Training">Forward, loss, backward and Adam, in batches.</param>
/// <param name="Evaluation">Recognising images, in batches.</param>
internal sealed record FashionMeasurement(string Torch, int Threads, FashionSpeed Training, FashionSpeed Evaluation);

/// <param name="Images">How many there were.</param>
/// <param name="Seconds">The time they took.</param>
/// <param name="CpuSeconds">The time, user's and system's, that the process's threads spent on a core meanwhile.</param>
internal sealed record FashionSpeed(int Images, double Seconds, double CpuSeconds)
{
    public double ImagesPerSecond => Images / Seconds;

    public double CpuMilliseconds => 1000 * CpuSeconds / Images;
}

/// <summary>The process of one side: the whole work of one epoch.</summary>
/// <param name="Torch">The version of torch, as it names itself.</param>
/// <param name="Threads">The number of threads that it computed with.</param>
/// <param name="Iterations">Training steps.</param>
/// <param name="Accuracies">Test accuracies, in [0, 1], as they were evaluated meanwhile.</param>
/// <param name="CpuSeconds">The time, user's and system's, that the process's threads spent on a core.</param>
internal sealed record FashionEpoch(
    string Torch, int Threads, int Iterations, IReadOnlyList<double> Accuracies, double CpuSeconds)
{
    /// <summary>The time of the whole process, its start included.</summary>
    public double Seconds { get; init; }
}
