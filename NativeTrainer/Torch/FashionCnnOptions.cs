namespace Hpo.NativeTrainer.Torch;

/// <summary>The shape of a <see cref="FashionCnn"/>; the defaults are those of the course's fashion_trainer.py.</summary>
internal sealed record FashionCnnOptions
{
    /// <summary>Output features of the second-last linear layer, at least 1. Default 120.</summary>
    public int Features { get; init; } = 120;

    /// <summary>The probability of a feature to be dropped while training, in [0, 1). Default 0.25.</summary>
    public double Dropout { get; init; } = 0.25;

    /// <summary>Whether each convolution is followed by a batch normalisation. Default true.</summary>
    public bool BatchNorm { get; init; } = true;

    /// <summary>Default ReLU.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Features, 1);
        if (Dropout is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Dropout), Dropout, "Dropout lies in [0, 1).");
        if (!Enum.IsDefined(Activation))
            throw new ArgumentOutOfRangeException(nameof(Activation), Activation, "There is no such activation.");
    }
}
