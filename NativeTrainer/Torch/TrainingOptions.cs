namespace Hpo.NativeTrainer.Torch;

/// <summary>How a network is trained; the defaults are those of the course's fashion_trainer.py.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Adam's step size, above 0. Default 0.001.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Images of a step, at least 1. Default 100.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Passes over the training images, at least 1. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Seeds the weights, the order of the images, and what is drawn while training. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range.</exception>
    public void Check()
    {
        if (LearningRate is not (> 0 and < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The learning rate is a number above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
    }
}
